using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

[Collection(Heavy.Name)]
public sealed class SlowConsumerSpec(ITestOutputHelper log)
{
    // Large messages, so that few of them come after the one that is too much: the close waits 5 s for a client to read it.
    private const int DataBytes = 900_000;
    private const int OutboxBytes = 1_000_000;

    // What Linux holds at the most for a connection whose reader stopped (net.ipv4.tcp_wmem), and what the outbox takes.
    private const int Enough = ((4_194_304 + OutboxBytes) / DataBytes) + 3;

    private static readonly (string, object?)[] Large =
        [("Limits:FrameBytes", 1_000_000), ("Limits:OutboxBytes", OutboxBytes), ("Retention:Bytes", 100_000_000)];

    [Fact]
    public async Task A_socket_that_does_not_read_is_closed_with_4001_and_another_of_the_same_user_gets_all()
    {
        await using var node = await NodeProcess.StartAsync(log, Large);
        var (slow, _) = await RawSocket.ReadyAsync(node, "?user=alice&device=slow", receiveBuffer: 4096);
        var (quick, _) = await RawSocket.ReadyAsync(node, "?user=alice&device=quick");

        for (var i = 0; i < Enough; i++)
        {
            var data = $"\"{i}-{new string('x', DataBytes)}\"";
            await node.Backend.PublishEphemeralAsync("alice", data);
            Assert.Equal(data, (await quick.ReadAsync("msg")).Data());
        }

        // What the system held for it comes first, unbroken.
        var (code, reason, before) = await slow.ReadCloseAsync();
        Assert.Equal(4001, code);
        Assert.NotEmpty(reason);
        Assert.InRange(before.Count, 1, Enough - 1);
        Assert.All(before, (frame, i) => Assert.StartsWith($"\"{i}-", frame.Data()));
        await node.Backend.PublishAsync("alice", "\"still here\"");
        Assert.Equal("\"still here\"", (await quick.ReadAsync("msg")).Data());
    }

    [Fact]
    public async Task A_slow_socket_that_comes_back_gets_what_it_missed()
    {
        await using var node = await NodeProcess.StartAsync(log, Large);
        var (slow, ready) = await RawSocket.ReadyAsync(node, "?user=alice&device=slow", receiveBuffer: 4096);
        for (var i = 0; i < Enough; i++) await node.Backend.PublishAsync("alice", $"\"{i}-{new string('x', DataBytes)}\"");
        var (code, _, before) = await slow.ReadCloseAsync();
        Assert.Equal(4001, code);
        Assert.Equal(Enumerable.Range(1, before.Count), before.Select(frame => (int)frame.Number("seq")));

        var (again, _) = await RawSocket.ReadyAsync(node, $"?user=alice&device=slow&epoch={ready.Text("epoch")}&seq={before.Count}");
        for (var seq = before.Count + 1; seq <= Enough; seq++) Assert.Equal(seq, (await again.ReadAsync("msg")).Number("seq"));
    }

    [Fact]
    public async Task A_socket_that_never_reads_is_dropped()
    {
        await using var node = await NodeProcess.StartAsync(log, Large);
        await RawSocket.ReadyAsync(node, "?user=alice&device=stuck", receiveBuffer: 4096);
        for (var i = 0; i < Enough; i++) await node.Backend.PublishEphemeralAsync("alice", $"\"{new string('x', DataBytes)}\"");
        await Eventually.TrueAsync(
            async () => !(await node.Backend.DescribeAsync("alice")).GetProperty("devices")[0].Flag("connected"), "the stuck socket is dropped");
    }
}
