using System.Net;
using AkkaSockets.EndToEnd.Tests.Harness;
using AkkaSockets.EndToEnd.Tests.Sockets;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

public sealed class StartingWithRedisSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task A_node_that_starts_before_its_Redis_waits_and_is_ready_once_it_comes()
    {
        await using var redis = new RedisProcess(log);
        await using var node = RedisNode.Create(log, redis);
        node.Launch();
        await Eventually.TrueAsync(async () => await node.Backend.HealthAsync("live") == 200, "the node lives", TimeSpan.FromSeconds(60));
        var unready = await node.Backend.AskAsync(HttpMethod.Get, "/healthz/ready", null);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unready"), (unready.Status, unready.Json.Text("status")));
        Assert.False(unready.Json.GetProperty("checks").GetProperty("journal").Flag("ok"));
        Assert.Equal(503, (await RawConnection.AskAsync(node.Clients, new Upgrade("?user=alice").ToString())).Status);

        await redis.StartAsync();
        await Eventually.TrueAsync(async () => await node.Backend.HealthAsync("ready") == 200, "the node is ready", TimeSpan.FromSeconds(60));
        Assert.Equal(1, await node.Backend.PublishAsync("alice", "1"));
    }

    [RedisFact]
    public async Task A_node_refuses_a_Redis_that_could_drop_logs_in_one_line_and_ends_with_1()
    {
        await using var redis = await RedisProcess.StartAsync(log, arguments: ["--maxmemory-policy", "allkeys-lru"]);
        await using var node = RedisNode.Create(log, redis);
        node.Launch();
        Assert.Equal(1, await node.ExitAsync(TimeSpan.FromSeconds(60)));
        var line = Assert.Single(node.Output.StandardError);
        Assert.StartsWith("AkkaSockets can't start: ", line, StringComparison.Ordinal);
        Assert.All((string[])["maxmemory-policy", "allkeys-lru", "noeviction", redis.ConnectionString], part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [RedisFact]
    public async Task A_node_stops_trusting_a_Redis_whose_policy_turns_bad_and_goes_on_when_it_is_good_again()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var node = await RedisNode.StartAsync(log, redis, ("Delivery:DeadlineMs", 3000));
        var (alice, _) = await RedisNode.AttachAsync(node, "?user=alice");

        await redis.ConfigAsync("maxmemory-policy", "volatile-ttl");
        await redis.CutConnectionsAsync();
        // A new one each time: what is in the log already is known without the store.
        var (sent, taken) = (0, new Dictionary<string, long>());
        await Eventually.TrueAsync(async () => !await IsTakenAsync(), "durable sends are refused");
        await RedisNode.DegradedAsync(node);
        Assert.Contains("volatile-ttl", node.Output.Text, StringComparison.Ordinal);

        await redis.ConfigAsync("maxmemory-policy", "noeviction");
        await Eventually.TrueAsync(IsTakenAsync, "durable sends are taken");
        await RedisNode.HealthyAsync(node);
        foreach (var (id, seq) in taken)
        {
            await alice.SendAsync(FrameText.Send("bob", id));
            var answer = await alice.ReadAsync("ok");
            Assert.Equal((id, seq, true), (answer.Text("id"), answer.Number("seq"), answer.Flag("dup")));
        }

        async Task<bool> IsTakenAsync()
        {
            var id = $"m-{++sent}";
            await alice.SendAsync(FrameText.Send("bob", id));
            var answer = await alice.ReadAsync();
            if (answer.Text("type") == "ok") return taken.TryAdd(id, answer.Number("seq"));
            ErrorCodesSpec.AssertError(answer, "unavailable", id, retry: true);
            return false;
        }
    }
}
