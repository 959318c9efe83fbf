using System.Diagnostics;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class LivenessSpec(ITestOutputHelper log)
{
    [Fact]
    public async Task A_socket_is_pinged_after_20_s_and_dropped_after_60_s_unless_it_answers()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var clock = Stopwatch.StartNew();
        var silent = await RawSocket.OpenAsync(node, "?user=alice&device=silent", answersPings: false);
        var (answers, _) = await RawSocket.ReadyAsync(node, "?user=alice&device=answers");
        var later = answers.ReadAsync("msg", TimeSpan.FromMinutes(2));
        await silent.ReadAsync("ready");

        var ping = await silent.ReadFrameAsync();
        Assert.Equal(Opcode.Ping, ping.Opcode);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(28));

        await silent.ReadToEndAsync(TimeSpan.FromSeconds(70));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(58), TimeSpan.FromSeconds(75));
        await Eventually.TrueAsync(async () => (await node.Backend.DescribeAsync("alice")).GetProperty("devices").EnumerateArray()
            .Single(device => device.Text("device") == "silent").Flag("connected") == false, "the silent socket is forgotten");

        await node.Backend.PublishAsync("alice", "\"still here\"");
        Assert.Equal("\"still here\"", (await later).Data());
    }
}
