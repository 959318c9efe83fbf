using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

[Collection(ComingAndGoing.Name)]
public sealed class ClusterSpec(ITestOutputHelper log)
{
    private const int Users = 12;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(120);

    [RedisFact]
    public async Task A_plan_is_what_then_happens_and_a_pause_outlives_the_coordinator()
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
                // It is on its way, or the machine is busy: there is no answer within the deadline.
                var answer = await PbmAsync(second, $"users where -u {user} --json");
                if (answer.Status != 0) return false;
                var where = answer.Json;
                return planned.Contains(where.GetProperty("shard").GetInt32()) == (Text(where, "node") == "node-3");
            }, $"{user} lives where the plan has it", Settle);
        }
        if (plan.GetProperty("users").GetInt32() > 0) await tail.SaysAsync("\"moved\"");

        foreach (var (socket, _) in sockets) await socket.DisposeAsync();
        await LoseTheCoordinatorAsync(first, second, third);
    }

    private async Task LoseTheCoordinatorAsync(NodeProcess coordinator, params NodeProcess[] others)
    {
        Assert.Equal(0, (await PbmAsync(others[0], "sharding pause")).Status);
        await coordinator.KillAsync();
        await Eventually.TrueAsync(async () => (await PbmAsync(others[0], "cluster show --json")).Json.GetProperty("members").GetArrayLength() == 2, "two are left", Settle);
        foreach (var node in others) Assert.True((await PbmAsync(node, "sharding show --json")).Json.GetProperty("paused").GetBoolean());
        Assert.Equal(0, (await PbmAsync(others[1], "sharding resume")).Status);
        foreach (var node in others)
            await Eventually.TrueAsync(async () => !(await PbmAsync(node, "sharding show --json")).Json.GetProperty("paused").GetBoolean(), "moves go on", Settle);
    }

    private async Task<Dictionary<string, int>> ShardsAsync(NodeProcess asked) => (await PbmAsync(asked, "sharding show --json")).Json.GetProperty("nodes").EnumerateArray()
        .ToDictionary(node => Text(node, "node")!, node => node.GetProperty("shards") is { ValueKind: JsonValueKind.Number } shards ? shards.GetInt32() : 0);

    private Task<PbmAnswer> PbmAsync(NodeProcess node, string command) => PbmProcess.RunAsync(node, command, log);

    private static List<int> ShardsOf(JsonElement plan) => [.. plan.GetProperty("moved").EnumerateArray().Select(move => move.GetProperty("shard").GetInt32())];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
