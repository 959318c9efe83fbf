using System.Net;
using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Clusters;

[Collection(Moving.Name)]
public sealed class LeavingAClusterSpec(ITestOutputHelper log)
{
    private const int Users = 60;

    [RedisTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_is_stopped_tells_each_of_its_sockets_once_and_nobody_is_told_twice(bool canBeReachedDirectly)
    {
        // On a machine that is busy with much else, too, all can go with their users before they are told to go without them.
        await using var cluster = await ScriptedCluster.StartAsync(
            log, ["--nodes", "3", "--set", "Drain:DeadlineMs=120000", .. canBeReachedDirectly ? (string[])[] : ["--no-advertise"]]);
        var nodes = (await cluster.MembersAsync()).Where(member => member.Clients is not null).ToList();
        // Who connects before that may be sent on while the cluster evens out.
        await Eventually.TrueAsync(() => IsEvenAsync(nodes), "the nodes have even shares", ScriptedCluster.Patient);
        using var driver = new LoadDriver(log,
        [
            "--url", .. nodes.Select(node => $"{node.Clients}"), "--api", .. nodes.Take(2).Select(node => $"{node.Api}"), "--api-key", BackendClient.Key,
            "--users", $"{Users}", "--rate", "60", "--seconds", "3600", "--ack-patience", "120", "--patience", "120",
        ]);
        await driver.SaysAsync($"sending: {Users} connected");
        var leavers = await SocketsAsync(nodes[2]);
        Assert.InRange(leavers, 1, Users - 1);

        await cluster.DoAsync("stop node-3");
        Assert.Contains("node-3 ended with status 0", cluster.Output.Text, StringComparison.Ordinal);
        driver.EndSending();
        var (status, figures) = await driver.EndAsync();

        Assert.Equal(0, status);
        Assert.Equal(Users, figures.GetProperty("connected").GetInt32());
        var durable = figures.GetProperty("durable");
        Assert.Equal(durable.GetProperty("asked").GetInt64(), durable.GetProperty("acknowledged").GetInt64());
        var told = figures.GetProperty("reconnects");
        Assert.Equal(leavers, told.GetProperty("byReason").GetProperty("drain").GetInt32());
        Assert.All(told.GetProperty("usersByFrames").EnumerateObject(), users => Assert.True(users.Name is "0" or "1", $"{users.Value} were told {users.Name} times"));
        // Where following a user elsewhere gains nothing, nobody else is told.
        if (!canBeReachedDirectly) Assert.Equal($$"""{"drain":{{leavers}}}""", JsonSerializer.Serialize(told.GetProperty("byReason")));
    }

    private static async Task<bool> IsEvenAsync(IReadOnlyCollection<ScriptedMember> nodes)
    {
        using var backend = new BackendClient(nodes.First().Api!);
        var placement = (await backend.AskAsync(HttpMethod.Get, "/api/cluster", null)).Json.GetProperty("placement");
        var owners = placement.GetProperty("shards").EnumerateObject().Select(shard => shard.Value.GetString()).ToList();
        return nodes.All(node => owners.Count(owner => owner == node.Name) >= placement.GetProperty("count").GetInt32() / nodes.Count);
    }

    private static async Task<int> SocketsAsync(ScriptedMember node)
    {
        using var backend = new BackendClient(node.Api!);
        var answer = await backend.AskAsync(HttpMethod.Get, "/api/cluster", null);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("node").GetString() == node.Name).GetProperty("sockets").GetInt32();
    }
}
