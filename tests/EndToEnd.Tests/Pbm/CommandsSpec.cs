using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>Every command, asked of a real node by a real pbm.</summary>
public sealed class CommandsSpec(CommandsSpec.Shared shared, ITestOutputHelper log) : SharedNodeSpec(shared, log), IClassFixture<CommandsSpec.Shared>
{
    private readonly ITestOutputHelper _log = log;

    public sealed class Shared() : SharedNode(("Cluster:NodeName", "node-1"));

    [Fact]
    public async Task What_is_asked_of_the_cluster_is_told()
    {
        var members = (await PbmAsync("cluster show --json")).Json.GetProperty("members");
        var member = Assert.Single(members.EnumerateArray());
        Assert.Equal(("node-1", "Up", true, "ready"), (Text(member, "member"), Text(member, "status"), member.GetProperty("reachable").GetBoolean(), Text(member, "state")));

        Assert.Contains($"akkasockets@127.0.0.1:{Node["Cluster:Port"]}", Text(member, "address"), StringComparison.Ordinal);
        Assert.Contains("shards=256", member.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        // People are shown what tells members apart.
        var shown = (await PbmAsync("cluster show")).Out;
        Assert.Contains($" 127.0.0.1:{Node["Cluster:Port"]} ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("shards=", shown, StringComparison.Ordinal);

        Assert.Equal(1, (await PbmAsync("cluster down -a nobody:1")).Status);
        Assert.Empty((await PbmAsync("cluster down-unreachable --json")).Json.GetProperty("downed").EnumerateArray());
    }

    [Fact]
    public async Task What_is_asked_of_the_node_is_told()
    {
        var status = (await PbmAsync("node status --json")).Json;
        Assert.Equal(("node-1", "ready", false), (Text(status, "member"), Text(status, "state"), status.GetProperty("draining").GetBoolean()));
        Assert.All(status.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString()));

        var settings = (await PbmAsync("node config --json")).Json.GetProperty("settings").EnumerateArray().ToDictionary(one => Text(one, "key")!, one => Text(one, "value"));
        Assert.Equal("***", settings["Auth:SigningKey"]);
        Assert.Equal("256", settings["Sharding:Shards"]);

        var actors = (await PbmAsync("actor hierarchy -p /user --depth 1 --json")).Json.GetProperty("actors").EnumerateArray().Select(actor => Text(actor, "actor"));
        Assert.Contains("/user/sockets", actors);
        Assert.Equal(1, (await PbmAsync("actor hierarchy -p /user/nobody")).Status);
    }

    [Fact]
    public async Task A_users_sockets_are_found_told_to_reconnect_and_closed()
    {
        await using var tail = PbmProcess.Start(Node, $"sockets tail -u {User} --json");
        await Eventually.TrueAsync(async () =>
        {
            await using var probe = (await RawSocket.ReadyAsync(Node, $"?user={User}&device=phone")).Socket;
            return tail.Text.Contains("\"opened\"", StringComparison.Ordinal);
        }, "the tail tells of sockets", TimeSpan.FromSeconds(120));
        await using var socket = (await RawSocket.ReadyAsync(Node, $"?user={User}&device=phone")).Socket;

        var listed = Assert.Single((await PbmAsync($"sockets list -u {User} --json")).Json.GetProperty("sockets").EnumerateArray());
        Assert.Equal(("node-1", User, "phone", "node-1"), (Text(listed, "node"), Text(listed, "user"), Text(listed, "device"), Text(listed, "owner")));
        Assert.InRange((await PbmAsync("sockets show --json")).Json.GetProperty("sockets").GetInt32(), 1, 1000);

        var where = (await PbmAsync($"users where -u {User} --json")).Json;
        Assert.Equal("node-1", Text(where, "node"));
        var shown = (await PbmAsync($"users show -u {User} --json")).Json;
        Assert.True(shown.GetProperty("devices")[0].GetProperty("connected").GetBoolean());

        var shard = (await PbmAsync($"sharding shard -s {where.GetProperty("shard").GetInt32()} --json")).Json;
        Assert.Equal(("node-1", true), (Text(shard, "node"), shard.GetProperty("started").GetBoolean()));
        Assert.InRange(shard.GetProperty("users").GetInt32(), 1, 100);
        Assert.InRange(shard.GetProperty("sockets").GetInt32(), 1, 100);
        Assert.Equal(shard.GetProperty("sockets").GetInt32(), Assert.Single(shard.GetProperty("held").EnumerateArray()).GetProperty("sockets").GetInt32());
        Assert.InRange((await PbmAsync("sharding show --json")).Json.GetProperty("users").GetInt32(), 1, 1000);

        Assert.Equal(1, (await PbmAsync($"sockets reconnect -u {User} --json")).Json.GetProperty("sockets").GetInt32());
        Assert.Equal("admin", (await socket.ReadAsync("reconnect")).Text("reason"));
        Assert.Equal(0, (await PbmAsync($"sockets close -u {User} -d tablet --json")).Json.GetProperty("closed").GetInt32());
        Assert.Equal(1, (await PbmAsync($"sockets close -u {User} --json")).Json.GetProperty("closed").GetInt32());
        Assert.Equal(4502, (await socket.ReadCloseAsync()).Code);

        foreach (var happened in (string[])["\"opened\"", "\"reconnect\"", "\"closed\"", "4502"]) await tail.SaysAsync(happened);
    }

    [Fact]
    public async Task A_plan_moves_nothing_and_says_who_would_move()
    {
        var plan = (await PbmAsync("sharding plan --join node-2 --shards --json")).Json;

        Assert.Equal(128, plan.GetProperty("shards").GetInt32());
        Assert.Equal(128, plan.GetProperty("moved").GetArrayLength());
        Assert.Equal("No node would be left to carry the shards.", (await PbmAsync("sharding plan --leave node-1")).Error.Replace("pbm: ", "", StringComparison.Ordinal).Trim());
        Assert.Equal(1, (await PbmAsync("sharding plan --join node-1")).Status);
        Assert.Equal(2, (await PbmAsync("sharding plan")).Status);
    }

    [Fact]
    public async Task Moves_are_paused_until_they_are_resumed_and_everybody_sees_it()
    {
        Assert.True((await PbmAsync("sharding pause --json")).Json.GetProperty("paused").GetBoolean());

        Assert.True((await PbmAsync("sharding show --json")).Json.GetProperty("paused").GetBoolean());
        var health = await Node.Backend.AskAsync(HttpMethod.Get, "/healthz/ready", null);
        Assert.Equal(System.Net.HttpStatusCode.OK, health.Status);
        Assert.Contains("paused", Text(health.Json.GetProperty("checks").GetProperty("moves"), "detail"), StringComparison.Ordinal);
        await MetricsPage.UntilAsync(Node, "akkasockets_moves_paused", 1);

        Assert.False((await PbmAsync("sharding resume --json")).Json.GetProperty("paused").GetBoolean());
        Assert.False((await PbmAsync("sharding show --json")).Json.GetProperty("paused").GetBoolean());
        await MetricsPage.UntilAsync(Node, "akkasockets_moves_paused", 0);
        Assert.False((await Node.Backend.AskAsync(HttpMethod.Get, "/healthz/ready", null)).Json.GetProperty("checks").TryGetProperty("moves", out _));
    }

    [Fact]
    public async Task The_log_is_followed_at_a_level_of_its_own_and_the_nodes_own_changes()
    {
        await using var tail = PbmProcess.Start(Node, "log tail -l debug --json");
        await using var events = PbmProcess.Start(Node, "cluster tail");
        await events.SaysAsync("MemberUp");
        await Eventually.TrueAsync(async () =>
        {
            await using var socket = (await RawSocket.ReadyAsync(Node, $"?user={User}")).Socket;
            return tail.Text.Contains($"of {User}, device", StringComparison.Ordinal);
        }, "the tail tells of a socket at debug", TimeSpan.FromSeconds(120));
        Assert.DoesNotContain($"of {User}, device", Node.Output.Text, StringComparison.Ordinal);

        Assert.Equal("debug", Text((await PbmAsync("log level -l debug --json")).Json, "now"));
        await using (var socket = (await RawSocket.ReadyAsync(Node, $"?user={User}")).Socket)
        {
            await Eventually.TrueAsync(() => Node.Output.Text.Contains($"of {User}, device", StringComparison.Ordinal), "the node logs a socket at debug");
        }
        Assert.Equal("information", Text((await PbmAsync("log level -l configured --json")).Json, "now"));

        tail.Send(Signal.Interrupt);
        Assert.Equal(0, await tail.ExitAsync());
    }

    [Fact]
    public async Task Clients_that_are_killed_leave_nothing_behind()
    {
        var before = await ActorsAsync();
        var tails = new List<PbmProcess>();
        for (var i = 0; i < 2; i++)
        {
            foreach (var command in (string[])["cluster tail", "sockets tail", "sharding tail"])
            {
                var tail = PbmProcess.Start(Node, command);
                tails.Add(tail);
                await tail.SaysAsync("event");
            }
        }
        Assert.True(await ActorsAsync() >= before + tails.Count, "the commands have actors");

        foreach (var tail in tails) await tail.DisposeAsync();

        await Eventually.TrueAsync(async () => await ActorsAsync() <= before, "the actors of their commands are gone");
    }

    private async Task<int> ActorsAsync() =>
        (await PbmAsync("actor hierarchy -p /user --depth 0 --json")).Json.GetProperty("actors")[0].GetProperty("children").GetInt32();

    private Task<PbmAnswer> PbmAsync(string command) => PbmProcess.RunAsync(Node, command, _log);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
