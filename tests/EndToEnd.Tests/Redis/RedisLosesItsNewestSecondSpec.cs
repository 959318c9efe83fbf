using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

public sealed class RedisLosesItsNewestSecondSpec(ITestOutputHelper log)
{
    // More than a node lets fail before it spares the store.
    private const int Users = 20;

    [RedisFact]
    public async Task What_a_power_cut_cost_Redis_is_told_to_every_client_by_a_new_epoch_and_the_logs_go_on()
    {
        await using var redis = await RedisProcess.StartAsync(log, "everysec");
        await using var node = await RedisNode.StartAsync(log, redis);
        var users = Enumerable.Range(0, Users).Select(Crowd.NameOf).ToList();
        var before = await Task.WhenAll(users.Select(user => RawSocket.ReadyAsync(node, $"?user={user}&device=phone")));
        await PublishAsync(node, users, 1, 2);
        await redis.CopyAsync();
        await PublishAsync(node, users, 3, 5);
        foreach (var (socket, _) in before)
        {
            for (var seq = 1; seq <= 5; seq++) Assert.Equal(seq, (await socket.ReadAsync("msg")).Number("seq"));
        }

        await redis.KillAsync();
        redis.RestoreCopy();
        await redis.StartAsync();

        // The log that is in memory has what the store lost: the first write shows it.
        var seqs = await Task.WhenAll(users.Select(user => node.Backend.PublishAsync(user, "6", "m-6")));
        Assert.All(seqs, seq => Assert.Equal(3, seq));
        foreach (var (user, (socket, ready)) in users.Zip(before))
        {
            Assert.Equal(1012, (await socket.ReadCloseAsync()).Code);
            var (again, resumed) = await RawSocket.ReadyAsync(node, $"?user={user}&device=phone&epoch={ready.Text("epoch")}&seq=5");
            Assert.NotEqual(ready.Text("epoch"), resumed.Text("epoch"));
            Assert.Equal((false, 3), (resumed.Flag("resumed"), resumed.Number("head")));
            var ids = new List<string>();
            for (var seq = resumed.Number("seq") + 1; seq <= 3; seq++) ids.Add((await again.ReadAsync("msg")).Text("id"));
            Assert.Equal("m-6", ids[^1]);
            await again.CloseAsync();
        }
    }

    private static Task PublishAsync(NodeProcess node, IReadOnlyList<string> users, int first, int last) => Task.WhenAll(users.Select(async user =>
    {
        for (var i = first; i <= last; i++) Assert.Equal(i, await node.Backend.PublishAsync(user, $"{i}", $"m-{i}"));
    }));
}
