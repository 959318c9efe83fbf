using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

/// <summary>What <c>appendfsync everysec</c> can cost: Redis comes back without the newest of what it had answered.</summary>
public sealed class RedisLosesItsNewestSecondSpec(ITestOutputHelper log)
{
    // More than a node lets fail before it spares the store.
    private const int Users = 20;
    private const int Lost = 3;
    private const int Sent = 5;

    private readonly List<string> _users = [.. Enumerable.Range(0, Users).Select(Crowd.NameOf)];

    [RedisFact]
    public async Task What_it_lost_is_written_again_by_the_node_that_acknowledged_it_and_nobody_notices()
    {
        await using var redis = await RedisProcess.StartAsync(log, "everysec");
        await using var node = await RedisNode.StartAsync(log, redis);
        var before = await OpenAsync(node);
        await SendAndLoseAsync(redis, node, before);
        await redis.StartAsync();

        // The log that is in memory has what the store lost: the first write shows it.
        var seqs = await Task.WhenAll(_users.Select(user => node.Backend.PublishAsync(user, $"{Sent + 1}", $"m-{Sent + 1}")));
        Assert.All(seqs, seq => Assert.Equal(Sent + 1, seq));
        foreach (var (socket, _) in before) Assert.Equal(Sent + 1, (await socket.ReadAsync("msg")).Number("seq"));

        // Not in the memory of that node alone.
        await node.KillAsync();
        await using var next = await RedisNode.StartAsync(log, redis);
        foreach (var (user, (_, ready)) in _users.Zip(before))
        {
            var (again, resumed) = await RawSocket.ReadyAsync(next, $"?user={user}&device=phone&epoch={ready.Text("epoch")}&seq=0");
            Assert.Equal((true, false, Sent + 1), (resumed.Flag("resumed"), resumed.Flag("gap"), (int)resumed.Number("head")));
            for (var seq = 1; seq <= Sent + 1; seq++) Assert.Equal($"m-{seq}", (await again.ReadAsync("msg")).Text("id"));
            await again.CloseAsync();
        }
    }

    [RedisFact]
    public async Task Where_the_node_died_too_every_client_is_told_by_a_new_epoch_and_the_logs_go_on()
    {
        await using var redis = await RedisProcess.StartAsync(log, "everysec");
        await using var node = await RedisNode.StartAsync(log, redis);
        var before = await OpenAsync(node);
        await SendAndLoseAsync(redis, node, before);
        await node.KillAsync();
        await redis.StartAsync();
        await using var next = await RedisNode.StartAsync(log, redis);

        foreach (var (user, (_, ready)) in _users.Zip(before))
        {
            var (again, resumed) = await RawSocket.ReadyAsync(next, $"?user={user}&device=phone&epoch={ready.Text("epoch")}&seq={Sent}");
            Assert.NotEqual(ready.Text("epoch"), resumed.Text("epoch"));
            Assert.Equal((false, Sent - Lost), (resumed.Flag("resumed"), (int)resumed.Number("head")));
            Assert.Equal(Sent - Lost + 1, await next.Backend.PublishAsync(user, $"{Sent + 1}", $"m-{Sent + 1}"));
            var ids = new List<string>();
            for (var seq = resumed.Number("seq") + 1; seq <= Sent - Lost + 1; seq++) ids.Add((await again.ReadAsync("msg")).Text("id"));
            Assert.Equal($"m-{Sent + 1}", ids[^1]);
            await again.CloseAsync();
        }
    }

    private async Task<(RawSocket Socket, JsonElement Ready)[]> OpenAsync(NodeProcess node) =>
        await Task.WhenAll(_users.Select(user => RawSocket.ReadyAsync(node, $"?user={user}&device=phone")));

    /// <summary>Each user is sent some messages and has them all; Redis is killed then, and its file lacks the newest.</summary>
    private async Task SendAndLoseAsync(RedisProcess redis, NodeProcess node, (RawSocket Socket, JsonElement Ready)[] sockets)
    {
        await PublishAsync(node, 1, Sent - Lost);
        await redis.CopyAsync();
        await PublishAsync(node, Sent - Lost + 1, Sent);
        foreach (var (socket, _) in sockets)
        {
            for (var seq = 1; seq <= Sent; seq++) Assert.Equal(seq, (await socket.ReadAsync("msg")).Number("seq"));
        }
        await redis.KillAsync();
        redis.RestoreCopy();
    }

    private Task PublishAsync(NodeProcess node, int first, int last) => Task.WhenAll(_users.Select(async user =>
    {
        for (var i = first; i <= last; i++) Assert.Equal(i, await node.Backend.PublishAsync(user, $"{i}", $"m-{i}"));
    }));
}
