using System.Diagnostics;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class ExpiringTokensSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task A_socket_is_closed_with_4002_30_s_after_its_tokens_exp_unless_a_later_open_extends_it()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var clock = Stopwatch.StartNew();
        var (expires, _) = await RawSocket.ReadyAsync(node, $"?access_token={Tokens.For("alice", Life)}");
        var (stays, _) = await RawSocket.ReadyAsync(node, $"?access_token={Tokens.For("bob", Life)}");
        await stays.SendAsync($$"""{"type":"open","token":"{{Tokens.For("bob")}}"}""");

        // Who waits reads: pings are answered meanwhile.
        var later = stays.ReadAsync("msg", TimeSpan.FromMinutes(2));
        var (code, reason, before) = await expires.ReadCloseAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(4002, code);
        Assert.NotEmpty(reason);
        Assert.Empty(before);
        // exp counts in whole seconds.
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(30) + Life - TimeSpan.FromSeconds(1.1), TimeSpan.FromSeconds(55));

        await node.Backend.PublishAsync("bob", "\"still here\"");
        Assert.Equal("\"still here\"", (await later).Data());
    }
}
