using System.Net;
using System.Text;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.BehindABalancer;

public sealed class ClientsKeepTheirAddressSpec(ITestOutputHelper log)
{
    private static readonly (string, object?)[] Settings =
    [
        ("ProxyProtocol:Trusted", "127.0.0.1/32"),
        ("Logging:LogLevel:AkkaSockets.Node.Sockets", "Debug"),
    ];

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.7 198.51.100.2 50123 80\r\n", "203.0.113.7:50123")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::1 50123 80\r\n", "[2001:db8::7]:50123")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c\u00cb\0\u0071\u0007\u00c6\u0033\u0064\u0002\u00c3\u00cb\0\u0050", "203.0.113.7:50123")]
    public async Task It_is_told_to_backends_in_the_log_and_by_pbm(string header, string remote)
    {
        await using var node = await NodeProcess.StartAsync(log, Settings);
        var connection = await RawConnection.OpenAsync(node.Clients, from: IPAddress.Loopback);
        await connection.WriteAsync(Encoding.Latin1.GetBytes(header));
        var socket = await RawSocket.OpenAsync(node, connection, new Upgrade("?user=alice&device=a"));
        await socket.ReadAsync("ready");

        Assert.Equal(remote, await RemoteAsync(node));
        await Eventually.TrueAsync(() => node.Output.Text.Contains($"comes from {remote}", StringComparison.Ordinal), "the log tells the address");
        var listed = (await PbmProcess.RunAsync(node, "sockets list --json", log)).Json.GetProperty("sockets").EnumerateArray();
        Assert.Equal(remote, Assert.Single(listed).Text("remote"));
        await socket.CloseAsync();
    }

    [Fact]
    public async Task Without_a_header_a_trusted_balancer_gets_nowhere_and_anybody_else_is_who_it_is()
    {
        await using var node = await NodeProcess.StartAsync(log, Settings);
        await using (var balancer = await RawConnection.OpenAsync(node.Clients, from: IPAddress.Loopback))
        {
            await balancer.WriteAsync(Encoding.Latin1.GetBytes(new Upgrade("?user=alice").ToString()));
            await balancer.ReadToEndAsync(Eventually.Generous);
        }
        await Eventually.TrueAsync(() => node.Output.Text.Contains("whose PROXY header is none", StringComparison.Ordinal), "the log says why");

        var connection = await RawConnection.OpenAsync(node.Clients, from: IPAddress.Parse("127.0.0.5"));
        var socket = await RawSocket.OpenAsync(node, connection, new Upgrade("?user=alice&device=a"));
        await socket.ReadAsync("ready");
        Assert.Equal(connection.Local, await RemoteAsync(node));
        await socket.CloseAsync();
    }

    [HaproxyFact]
    public async Task Through_HAProxy_it_is_told_too_and_a_node_that_stops_is_left_out()
    {
        await using var node = await NodeProcess.StartAsync(log, [.. Settings, ("Drain:NoticeMs", 5000)]);
        await using var haproxy = await HaproxyProcess.StartAsync(log, node);
        var connection = await RawConnection.OpenAsync(haproxy.Clients, from: IPAddress.Parse("127.0.0.5"));
        var socket = await RawSocket.OpenAsync(node, connection, new Upgrade("?user=alice&device=a"));
        await socket.ReadAsync("ready");
        Assert.Equal(connection.Local, await RemoteAsync(node));
        Assert.Equal(200, await haproxy.StatusAsync("/metrics"));

        node.Send(Signal.Terminate);
        await Eventually.TrueAsync(async () => await haproxy.StatusAsync("/ready") == 503, "HAProxy has taken the node out");
        Assert.Equal(200, await haproxy.StatusAsync("/live"));
        // What it held it still holds: the node has the last word.
        Assert.Equal("drain", (await socket.ReadAsync("reconnect")).Text("reason"));
        await socket.CloseAsync();
        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromSeconds(60)));
    }

    private static async Task<string?> RemoteAsync(NodeProcess node) =>
        Assert.Single((await node.Backend.DescribeAsync("alice")).GetProperty("devices").EnumerateArray()).GetProperty("remote").GetString();
}
