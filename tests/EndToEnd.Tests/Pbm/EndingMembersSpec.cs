using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>An operator ends members: with a word, and without their knowing.</summary>
[Collection(ComingAndGoing.Name)]
public sealed class EndingMembersSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    // The cluster leaves it to the operator: by itself it would remove who is lost before a busy machine has started a pbm.
    private const string Patient = "akka.cluster.split-brain-resolver.stable-after = 600 s";

    private const string Ending = "node-1";
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(240);

    [RedisFact]
    public async Task One_leaves_and_ends_with_0_and_who_is_downed_ends_with_3_and_both_are_told_and_the_shards_move()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, BuiltNode.With(Patient, BuiltNode.Lighthouse), BuiltNode.With(Patient));
        var (stays, ends) = (cluster.Nodes[0], cluster.Nodes[1]);
        using var lighthouse = new AdminCaller(cluster.Lighthouse);
        await cluster.SettledAsync([]);
        using var caller = new AdminCaller(stays);
        using var moves = caller.Begin("sharding tail");
        moves.Follow();
        var (user, shard) = await LivesOnAsync(caller, stays, moves);

        using (var tail = lighthouse.Begin("cluster tail"))
        {
            await tail.SaysAsync("MemberUp", Ending);
            Assert.Equal((Ending, "leaving"), await EndAsync(stays, $"cluster leave -a {Ending}"));
            Assert.Equal(0, await ends.ExitAsync(Settle));
            foreach (var happened in (string[])["MemberLeft", "MemberExited", "MemberRemoved"]) await tail.SaysAsync(happened, Ending);
        }
        await ProcessCluster.PublishUntilAcceptedAsync(stays, user, "after");
        await Eventually.TrueAsync(
            () => moves.Rows.Any(row => row["event"] == "moved" && row.Number("shard") == shard && row["from"] == Ending && row["to"] == "node-0"), $"shard {shard} has moved: {moves}", Settle);

        // By its address, asked of Lighthouse: it need not be lost.
        await AgainAsync();
        using (var tail = caller.Begin("cluster tail"))
        {
            await tail.SaysAsync("MemberUp", Ending);
            ends.Send(Signal.Stop);
            Assert.Equal((Ending, "down"), await EndAsync(cluster.Lighthouse, $"cluster down -a 127.0.0.1:{ends["Cluster:Port"]}"));
            foreach (var happened in (string[])["MemberDowned", "MemberRemoved"]) await tail.SaysAsync(happened, Ending);
        }
        ends.Send(Signal.Continue);
        Assert.Equal(Downed, await ends.ExitAsync(Settle));

        // Whoever is lost, and nobody else.
        await AgainAsync();
        using (var tail = lighthouse.Begin("cluster tail"))
        {
            await tail.SaysAsync("MemberUp", Ending);
            Assert.Empty((await PbmProcess.RunAsync(stays, "cluster down-unreachable --json", log)).Json.GetProperty("downed").EnumerateArray());
            ends.Send(Signal.Stop);
            await tail.SaysAsync("UnreachableMember", Ending);
            // Who is asked must have noticed, too.
            await Eventually.TrueAsync(async () => (await caller.RunAsync("cluster show")).Single(row => row["member"] == Ending)["reachable"] == "False", "it is seen as lost", Settle);
            var downed = Assert.Single((await PbmProcess.RunAsync(stays, "cluster down-unreachable --json", log)).Json.GetProperty("downed").EnumerateArray());
            Assert.Equal(Ending, downed.Text("member"));
            foreach (var happened in (string[])["MemberDowned", "MemberRemoved"]) await tail.SaysAsync(happened, Ending);
        }
        ends.Send(Signal.Continue);
        Assert.Equal(Downed, await ends.ExitAsync(Settle));

        async Task AgainAsync()
        {
            ends.Launch();
            await cluster.FormedAsync();
        }
    }

    /// <summary>A user of the node that is going to end, whose shard's start there was told.</summary>
    private static async Task<(string User, long Shard)> LivesOnAsync(AdminCaller caller, NodeProcess through, AdminAnswer moves)
    {
        var (users, published) = (new Dictionary<long, string>(), 0);
        AdminRow? started = null;
        await Eventually.TrueAsync(async () =>
        {
            var user = $"user-{published++}";
            await ProcessCluster.PublishUntilAcceptedAsync(through, user, "before");
            users[(await caller.RunAsync($"users where --user {user}")).First().Number("shard")] = user;
            started = moves.Rows.FirstOrDefault(row => row["event"] == "started" && row["to"] == Ending && users.ContainsKey(row.Number("shard")));
            return started is not null;
        }, "a shard starts on the node that is going to end", Settle);
        return (users[started!.Number("shard")], started.Number("shard"));
    }

    private async Task<(string Member, string Asked)> EndAsync(NodeProcess asked, string command)
    {
        var answer = (await PbmProcess.RunAsync(asked, $"{command} --json", log)).Json;
        return (answer.Text("member"), answer.Text("asked"));
    }
}
