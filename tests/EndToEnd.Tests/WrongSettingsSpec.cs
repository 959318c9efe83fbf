using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class WrongSettingsSpec(ITestOutputHelper log)
{
    private const string Secret = "hunter2-hunter2-hunter2";

    private static readonly Dictionary<string, Case> ByName = new()
    {
        ["an unknown key"] = new([("Limits:FrameByte", 1)], "Limits:FrameByte", "Limits:FrameBytes"),
        ["a number out of range"] = new([("Sharding:Shards", 0)], "Sharding:Shards", "'0'", "from 1 to"),
        ["a port out of range"] = new([("Cluster:Port", 70_000)], "Cluster:Port", "'70000'", "65535"),
        ["text where a number belongs"] = new([("Drain:DeadlineMs", "25s")], "Drain:DeadlineMs", "'25s'", "whole number"),
        ["text where a truth belongs"] = new([("Auth:Development", "maybe")], "Auth:Development", "'maybe'", "true or false"),
        ["a word that is none of those allowed"] = new([("Send:Allow", "some")], "Send:Allow", "'some'", "claim"),
        ["another store"] = new([("Persistence:Provider", "oracle")], "Persistence:Provider", "'oracle'", "embedded"),
        ["a notice longer than the drain"] = new([("Drain:NoticeMs", 30_000)], "Drain:NoticeMs", "'30000'", "Drain:DeadlineMs"),
        ["a listener that is no URL"] = new([("Listen:Clients", "8080")], "Listen:Clients", "'8080'", "http://"),
        ["two listeners in one place"] = new([("Listen:Api", "http://127.0.0.1:11999"), ("Listen:Clients", "http://127.0.0.1:11999")], "Listen:Api", "Listen:Clients"),
        ["commands for everybody without a token"] = new([("Listen:Pbm", "0.0.0.0:11998")], "Pbm:Token", "0.0.0.0:11998"),
        ["https without a certificate"] = new([("Listen:Clients", "https://127.0.0.1:11997")], "Listen:Clients", "certificate"),
        ["seeds for a store of one node"] = new([("Cluster:Seeds", "127.0.0.1:4053")], "Cluster:Seeds", "embedded"),
        ["an address that is not this machine's"] = new([("Cluster:Host", "203.0.113.1")], "Cluster:Host"),
        ["an origin that is none"] = new([("Limits:Origins", "app.example.com")], "Limits:Origins", "'app.example.com'"),
        ["more sockets than devices"] = new([("Limits:SocketsPerUser", 60)], "Limits:SocketsPerUser", "'60'", "Limits:DevicesPerUser"),
        ["a signing key that is too short"] = new([("Auth:SigningKey", Secret)], "Auth:SigningKey", "32"),
        ["redis without a server"] = new([("Persistence:Provider", "redis")], "Persistence:Redis", "missing"),
        ["a server of another store"] = new([("Persistence:Redis", $"localhost,password={Secret}")], "Persistence:Redis"),
        ["a folder below a file"] = new([("Persistence:Path", Path.Combine(BuiltNode.Path, "data"))], "Persistence:Path"),
        ["production without a signing key"] = new([("Auth:SigningKey", null)], "Auth:SigningKey is missing") { Environment = "Production" },
        ["production without backend keys"] = new([("Api:Keys", null)], "Api:Keys is missing") { Environment = "Production" },
        ["production with development's users"] = new([("Auth:Development", true)], "Auth:Development", "Development environment") { Environment = "Production" },
        ["a wrong argument"] = new([], "Reconnect:GraceMs", "'-1'") { Arguments = ["--Reconnect:GraceMs", "-1"] },
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_node_with_a_wrong_setting_says_so_in_one_line_and_ends_with_1(string name)
    {
        var wrong = ByName[name];
        await using var node = new NodeProcess(log, wrong.Settings) { EnvironmentName = wrong.Environment, Arguments = wrong.Arguments };
        var line = await FailureOf(node);
        Assert.All(wrong.Told, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Listen:Clients")]
    [InlineData("Listen:Api")]
    [InlineData("Cluster:Port")]
    public async Task A_port_that_another_has_is_named_with_its_setting(string key)
    {
        await using var first = await NodeProcess.StartAsync(log);
        await using var second = new NodeProcess(log, (key, first[key]));
        Assert.Contains(key, await FailureOf(second), StringComparison.Ordinal);
        Assert.Equal(200, await first.Backend.HealthAsync("ready"));
    }

    [Fact]
    public async Task A_second_process_on_one_store_is_refused_and_the_first_goes_on()
    {
        await using var first = await NodeProcess.StartAsync(log);
        await using var second = new NodeProcess(log, ("Persistence:Path", first.DataFolder));
        Assert.Contains("another process", await FailureOf(second), StringComparison.Ordinal);
        Assert.Equal(1, await first.Backend.PublishAsync("alice", "1"));
    }

    [Fact]
    public async Task Production_starts_with_its_keys_and_no_secret_is_ever_written()
    {
        await using var node = new NodeProcess(log, ("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:Microsoft", "Debug"), ("Pbm:Token", Secret), ("Drain:DeadlineMs", 1000))
        {
            EnvironmentName = "Production",
        };
        await node.StartAsync();
        var token = Tokens.For("alice");
        await (await RawSocket.OpenAsync(node, new Upgrade().WithToken(token))).ReadAsync("ready");
        Assert.Equal(401, (await RawConnection.AskAsync(node.Clients, new Upgrade().WithToken(token + "x").ToString())).Status);
        var socket = await RawSocket.OpenAsync(node, "?user=bob");
        await socket.ReadAsync("hello");
        await socket.SendAsync($$"""{"type":"open","token":"{{token}}x"}""");
        Assert.Equal(4501, (await socket.ReadCloseAsync()).Code);
        node.Send(Signal.Terminate);
        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromSeconds(40)));
        Assert.All((string[])[Secret, Tokens.SigningKey, BackendClient.Key, token], secret => Assert.DoesNotContain(secret, node.Output.Text, StringComparison.Ordinal));
    }

    /// <summary>The one line on standard error.</summary>
    private static async Task<string> FailureOf(NodeProcess node)
    {
        node.Launch();
        Assert.Equal(1, await node.ExitAsync(TimeSpan.FromSeconds(60)));
        var line = Assert.Single(node.Output.StandardError);
        Assert.StartsWith("AkkaSockets can't start: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Hosting failed to start", node.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, node.Output.Text, StringComparison.Ordinal);
        return line;
    }

    /// <param name="Told">What the line must name.</param>
    private sealed record Case((string Key, object? Value)[] Settings, params string[] Told)
    {
        public string Environment { get; init; } = "Development";

        public string[] Arguments { get; init; } = [];
    }
}
