using System.Diagnostics;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class OpeningLateSpec(ITestOutputHelper log)
{
    [Fact]
    public async Task A_socket_that_is_not_opened_within_10_s_is_closed_with_4003()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var clock = Stopwatch.StartNew();
        var socket = await RawSocket.OpenAsync(node);
        await socket.ReadAsync("hello");
        var (code, reason, before) = await socket.ReadCloseAsync();
        Assert.Equal(4003, code);
        Assert.NotEmpty(reason);
        Assert.Empty(before);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(20));
    }
}
