using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>pbm asks Lighthouse, which carries no users.</summary>
public sealed class LighthouseSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task It_tells_of_the_cluster_and_of_itself_and_has_nothing_that_only_nodes_have()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 1);

        var members = (await PbmAsync("cluster show --json")).Json.GetProperty("members").EnumerateArray().ToDictionary(member => member.Text("member"));
        Assert.Equal(2, members.Count);
        var (lighthouse, node) = (members.Values.Single(member => RolesOf(member).Contains("lighthouse")), members["node-0"]);
        Assert.DoesNotContain("lighthouse", RolesOf(node));
        Assert.All(members.Values, member => Assert.Equal(("Up", "ready", true), (member.Text("status"), member.Text("state"), member.GetProperty("reachable").GetBoolean())));

        var status = (await PbmAsync("node status --json")).Json;
        Assert.Equal((lighthouse.Text("member"), "ready", false), (status.Text("member"), status.Text("state"), status.GetProperty("draining").GetBoolean()));
        Assert.All((string[])["shards", "users", "sockets"], carried => Assert.Equal(JsonValueKind.Null, status.GetProperty(carried).ValueKind));
        Assert.NotEmpty(status.GetProperty("checks").EnumerateArray());
        Assert.Contains("Cluster:Seeds", (await PbmAsync("node config --json")).Json.GetProperty("settings").EnumerateArray().Select(setting => setting.Text("key")));
        Assert.Contains("/user/admin", (await PbmAsync("actor hierarchy -p /user --depth 1 --json")).Json.GetProperty("actors").EnumerateArray().Select(actor => actor.Text("actor")));
        Assert.Equal("debug", (await PbmAsync("log level -l debug --json")).Json.Text("now"));
        Assert.Equal("information", (await PbmAsync("log level -l configured --json")).Json.Text("now"));
        await using (var tail = PbmProcess.Start(cluster.Lighthouse, "cluster tail --json"))
        {
            await tail.SaysAsync("\"node-0\"");
            tail.Send(Signal.Interrupt);
            Assert.Equal(0, await tail.ExitAsync());
        }

        foreach (var command in (string[])["sharding show", "sharding tail", "sharding plan --join node-9", "sockets show", "sockets tail", "users where -u alice", "node drain"])
        {
            var answer = await PbmAsync(command);
            Assert.Equal((command, 2, ""), (command, answer.Status, answer.Out));
            Assert.Contains($"There is no '{(command == "node drain" ? "drain" : command.Split(' ')[0])}' here.", answer.Error, StringComparison.Ordinal);
        }
        Assert.Empty(cluster.Lighthouse.Output.Faults);

        Task<PbmAnswer> PbmAsync(string command) => PbmProcess.RunAsync(cluster.Lighthouse, command, log);
    }

    private static IEnumerable<string> RolesOf(JsonElement member) => member.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!);
}
