using System.Net;
using AkkaSockets.EndToEnd.Tests.Harness;
using AkkaSockets.EndToEnd.Tests.Sockets;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class GarbageInRedisSpec(ITestOutputHelper log)
{
    private const string Key = "journal:persisted:user-alice";

    [RedisFact]
    public async Task Garbage_at_one_users_key_makes_that_user_suffer_and_nobody_else()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var node = await RedisNode.StartAsync(log, redis, ("Delivery:DeadlineMs", 3000));
        await using var crowd = await Crowd.AttachAsync(node, log);
        var (alice, _) = await RedisNode.AttachAsync(node, "?user=alice&device=a");
        Assert.Equal(1, await node.Backend.PublishAsync("alice", "1", "m-1"));
        Assert.Equal(1, (await alice.ReadAsync("msg")).Number("seq"));

        await redis.AskAsync("RENAME", Key, "aside");
        await redis.AskAsync("SET", Key, "garbage");
        for (var i = 0; i < 3; i++)
        {
            var refused = await node.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf("alice"), BackendClient.Body("2", "m-2", ephemeral: false));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            await crowd.FlowsAsync();
            await RedisNode.HealthyAsync(node);
        }
        await alice.SendAsync(FrameText.Send("alice", "m-3"));
        ErrorCodesSpec.AssertError(await alice.ReadAsync(), "unavailable", "m-3", retry: true);
        Assert.Equal(1, await node.Backend.PublishEphemeralAsync("alice", "\"still here\""));
        Assert.Equal("\"still here\"", (await alice.ReadAsync("msg")).Data());
        Assert.Contains("user-alice", string.Join('\n', node.Output.Text.Split('\n').Where(line => line.Contains("WRONGTYPE", StringComparison.Ordinal))), StringComparison.Ordinal);

        await redis.AskAsync("RENAME", "aside", Key);
        await Eventually.TrueAsync(async () => (await node.Backend.AskAsync(
            HttpMethod.Post, BackendClient.MessagesOf("alice"), BackendClient.Body("2", "m-2", ephemeral: false))).Status == HttpStatusCode.Created, "alice is served");
        var message = await alice.ReadAsync("msg");
        Assert.Equal((2, "m-2"), (message.Number("seq"), message.Text("id")));
        await crowd.CheckAsync();
        Assert.Equal(0, crowd.Refused);
    }
}
