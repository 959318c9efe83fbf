using System.Net;
using System.Net.Sockets;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Clusters;

public sealed class StartingAClusterByScriptSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task From_a_pipe_it_starts_grows_loses_a_node_and_stops_and_leaves_nothing_behind()
    {
        await using var cluster = await ScriptedCluster.StartAsync(log);
        Assert.Equal(["redis", "lighthouse", "node-1", "node-2"], (await cluster.MembersAsync()).Select(member => member.Name));

        await cluster.DoAsync("add");
        var members = await cluster.MembersAsync();
        Assert.Equal("node-3", members[^1].Name);
        Assert.All(members, member => Assert.True(LeadsItsSession(member.Pid!.Value), $"the terminal's Ctrl-C reaches {member.Name}"));
        using (var newcomer = new BackendClient(members[^1].Api!))
        {
            Assert.Equal(200, await newcomer.HealthAsync("ready"));
            Assert.Equal(1, await newcomer.PublishAsync("alice", "1"));
        }
        using (var other = new BackendClient(members[2].Api!)) Assert.Equal(2, await other.PublishAsync("alice", "2"));

        await cluster.DoAsync("kill node-3");
        Assert.Contains("node-3 ended with signal 9", cluster.Output.Text);
        await cluster.TellAsync("quit");
        Assert.Equal(0, await cluster.ExitAsync());
        await AssertGoneAsync(members, cluster);
    }

    [HaproxyClusterFact]
    public async Task With_a_balancer_clients_come_through_it_while_all_nodes_are_restarted_in_turn()
    {
        await using var cluster = await ScriptedCluster.StartAsync(log, "--balancer", "--set", "Drain:NoticeMs=3000");
        var members = await cluster.MembersAsync();
        Assert.Equal(["redis", "lighthouse", "node-1", "node-2", "haproxy"], members.Select(member => member.Name));
        using var driver = new LoadDriver(
            log,
            [
                "--url", $"{members[^1].Clients}", "--api", .. members.Where(member => member.Name.StartsWith("node", StringComparison.Ordinal)).Select(node => $"{node.Api}"),
                "--api-key", BackendClient.Key, "--users", "20", "--rate", "20", "--seconds", "3600", "--ack-patience", "120", "--patience", "120",
            ]);
        await driver.SaysAsync("sending: 20 connected");

        await cluster.SaysAsync("all nodes are restarted", command: "roll 0");
        driver.EndSending();
        var (status, figures) = await driver.EndAsync();
        Assert.Equal(0, status);
        Assert.Equal(20, figures.GetProperty("connected").GetInt32());
        Assert.True(figures.GetProperty("reconnects").GetProperty("byReason").GetProperty("drain").GetInt64() >= 20, "each socket's node was restarted");

        // Those that were restarted are other processes now.
        members = await cluster.MembersAsync();
        await cluster.TellAsync("quit");
        Assert.Equal(0, await cluster.ExitAsync());
        await AssertGoneAsync(members, cluster);
    }

    [RedisTheory]
    [InlineData(Signal.Kill)]
    [InlineData(Signal.Terminate)]
    public async Task However_it_ends_its_members_end_too_even_a_frozen_one(Signal how)
    {
        await using var cluster = await ScriptedCluster.StartAsync(log, "--nodes", "1");
        var members = await cluster.MembersAsync();
        await cluster.TellAsync("freeze lighthouse");
        await cluster.SaysAsync("lighthouse is frozen");

        cluster.Send(how);

        Assert.Equal(how == Signal.Kill ? 137 : 0, await cluster.ExitAsync());
        await AssertGoneAsync(members, cluster);
    }

    [RedisFact]
    public async Task A_member_that_ends_by_itself_is_told_with_its_last_words_and_can_be_started_again()
    {
        await using var cluster = await ScriptedCluster.StartAsync(log, "--nodes", "1");
        var members = await cluster.MembersAsync();
        Signals.Send(members.Single(member => member.Name == "redis").Pid!.Value, Signal.Terminate);
        await cluster.SaysAsync("redis ended with status 0");
        await cluster.SaysAsync("  | ");
        Assert.Contains("unasked", cluster.Output.Text);

        await cluster.DoAsync("restart redis", "bogus");
        Assert.Contains("no such command: bogus", cluster.Output.Text);
        cluster.CloseInput();
        Assert.Equal(0, await cluster.ExitAsync());
        await AssertGoneAsync(members, cluster);
    }

    [RedisFact]
    public async Task What_keeps_a_node_from_starting_is_shown_and_everything_stops()
    {
        await using var cluster = ScriptedCluster.Launch(log, ["--set", "Limits:FrameBytes=-1"]);
        Assert.Equal(1, await cluster.ExitAsync());
        Assert.Contains("Limits:FrameBytes", cluster.Output.Text);
        Assert.Contains("did not start", string.Join('\n', cluster.Output.StandardError));
        Assert.False(cluster.LeftFiles);
    }

    [Fact]
    public async Task Without_redis_server_it_says_how_to_install_it()
    {
        await using var cluster = ScriptedCluster.Launch(log, [], start => start.Environment["PATH"] = "/nowhere");
        Assert.Equal(1, await cluster.ExitAsync());
        Assert.Contains("apt-get install redis-server", string.Join('\n', cluster.Output.StandardError));
    }

    private static async Task AssertGoneAsync(IReadOnlyList<ScriptedMember> members, ScriptedCluster cluster)
    {
        await Eventually.TrueAsync(() => members.All(member => !Directory.Exists($"/proc/{member.Pid}")), "all processes are gone", ScriptedCluster.Patient);
        await Eventually.TrueAsync(() => !cluster.LeftFiles, "all files are gone", ScriptedCluster.Patient);
        Assert.All(members.SelectMany(member => member.Ports), port => Assert.False(Listens(port), $"somebody listens on {port}"));
    }

    private static bool Listens(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>proc(5): the sixth field is the session.</summary>
    private static bool LeadsItsSession(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3] == $"{pid}";
    }
}
