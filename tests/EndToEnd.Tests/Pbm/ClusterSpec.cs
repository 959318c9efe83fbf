using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

[Collection(Heavy.Name)]
public sealed class ClusterSpec(ITestOutputHelper log)
{
    private const int Users = 12;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(120);

    [RedisFact]
    public async Task A_plan_is_what_then_happens_and_a_frozen_node_is_named()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var first = await RedisNode.StartAsync(log, redis, ("Cluster:NodeName", "node-1"));
        var seeds = ("Cluster:Seeds", (object?)$"127.0.0.1:{first["Cluster:Port"]}");
        await using var second = await RedisNode.StartAsync(log, redis, ("Cluster:NodeName", "node-2"), seeds);
        await Eventually.TrueAsync(async () => await ShardsAsync(first) is { } shards && shards.GetValueOrDefault("node-2") == 128, "two nodes share the shards", Settle);
        var sockets = await Task.WhenAll(Enumerable.Range(0, Users).Select(i => RawSocket.ReadyAsync(i % 2 == 0 ? first : second, $"?user=user-{i}")));

        // Asked through either node, the plan is the same, and who would move is counted.
        var plan = (await PbmAsync(first, "sharding plan --join node-3 --shards --json")).Json;
        Assert.Equal(plan.GetProperty("moved").ToString(), (await PbmAsync(second, "sharding plan --join node-3 --shards --json")).Json.GetProperty("moved").ToString());
        var planned = ShardsOf(plan);
        Assert.Equal(85, planned.Count);
        Assert.Equal(Users, (await PbmAsync(first, "sockets list --json")).Json.GetProperty("sockets").GetArrayLength());

        // Paused, nothing moves to who joins.
        Assert.Equal(0, (await PbmAsync(second, "sharding pause")).Status);
        await using var tail = PbmProcess.Start(first, "sharding tail --json");
        await using var third = await RedisNode.StartAsync(log, redis, ("Cluster:NodeName", "node-3"), seeds);
        await Eventually.TrueAsync(async () => (await PbmAsync(first, "cluster show --json")).Json.GetProperty("members").EnumerateArray().Count(m => Text(m, "state") == "ready") == 3, "three are ready", Settle);
        // That is replicated to it, too.
        await Eventually.TrueAsync(async () => (await PbmAsync(third, "sharding show --json")).Json.GetProperty("paused").GetBoolean(), "the third knows of the pause", Settle);
        Assert.Equal(0, (await ShardsAsync(first)).GetValueOrDefault("node-3"));

        Assert.Equal(0, (await PbmAsync(third, "sharding resume")).Status);
        // The table is replicated: who is asked next has to have it, too.
        foreach (var node in (NodeProcess[])[first, third])
            await Eventually.TrueAsync(async () => (await ShardsAsync(node)).GetValueOrDefault("node-3") == planned.Count, "the third has its share", Settle);
        Assert.Equal(planned, ShardsOf((await PbmAsync(third, "sharding plan --leave node-3 --shards --json")).Json));

        // Users that moved are where the plan had them, and their sockets were told.
        var moved = Enumerable.Range(0, Users).Select(i => $"user-{i}").ToList();
        foreach (var user in moved)
        {
            await Eventually.TrueAsync(async () =>
            {
                var where = (await PbmAsync(second, $"users where -u {user} --json")).Json;
                return planned.Contains(where.GetProperty("shard").GetInt32()) == (Text(where, "node") == "node-3");
            }, $"{user} lives where the plan has it", Settle);
        }
        if (plan.GetProperty("users").GetInt32() > 0) await tail.SaysAsync("\"moved\"");

        await FreezeAsync(first, third);
        foreach (var (socket, _) in sockets) await socket.DisposeAsync();
    }

    private async Task FreezeAsync(NodeProcess asked, NodeProcess frozen)
    {
        foreach (var command in (string[])["cluster show", "sharding show", "sharding plan --join node-4", "sockets list"])
        {
            await WhileFrozenAsync(asked, frozen, async () =>
            {
                var answer = await PbmAsync(asked, $"{command} --json");
                Assert.Equal((command, "node-3"), (command, string.Join(',', answer.Silent)));
            });
        }
        await WhileFrozenAsync(asked, frozen, async () =>
        {
            await using var tail = PbmProcess.Start(asked, "sockets tail --json");
            await tail.SaysAsync("{\"silent\":\"node-3\"}");
        });
        // The frozen one itself: its kernel takes the connection, and nobody answers.
        await WhileFrozenAsync(asked, frozen, async () => Assert.Equal(2, (await PbmProcess.RunAsync(frozen, "node status", log, "3s")).Status));
    }

    /// <summary>For as short as can be: one that is away for longer is downed, and then no member that could be silent.</summary>
    private async Task WhileFrozenAsync(NodeProcess asked, NodeProcess frozen, Func<Task> test)
    {
        frozen.Send(Signal.Stop);
        try
        {
            await test();
        }
        finally
        {
            frozen.Send(Signal.Continue);
        }
        await Eventually.TrueAsync(async () => !(await PbmAsync(asked, "cluster show --json")).Silent.Any(), "the frozen node answers again", Settle);
    }

    private async Task<Dictionary<string, int>> ShardsAsync(NodeProcess asked) => (await PbmAsync(asked, "sharding show --json")).Json.GetProperty("nodes").EnumerateArray()
        .ToDictionary(node => Text(node, "node")!, node => node.GetProperty("shards") is { ValueKind: JsonValueKind.Number } shards ? shards.GetInt32() : 0);

    private Task<PbmAnswer> PbmAsync(NodeProcess node, string command) => PbmProcess.RunAsync(node, command, log);

    private static List<int> ShardsOf(JsonElement plan) => [.. plan.GetProperty("moved").EnumerateArray().Select(move => move.GetProperty("shard").GetInt32())];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
