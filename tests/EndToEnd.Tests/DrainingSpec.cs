using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class DrainingSpec(ITestOutputHelper log)
{
    // What a stop may take beyond the drain's deadline.
    private static readonly TimeSpan Stop = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Every_client_is_told_once_and_those_that_stay_are_closed_with_1012_at_the_deadline()
    {
        var deadline = TimeSpan.FromSeconds(4);
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", deadline.TotalMilliseconds));
        var sockets = new List<RawSocket>();
        for (var i = 0; i < 30; i++) sockets.Add((await RawSocket.ReadyAsync(node, $"?user=user-{i}")).Socket);

        var clock = Stopwatch.StartNew();
        node.Send(Signal.Terminate);
        var closes = await Task.WhenAll(sockets.Select(async socket => (await socket.ReadCloseAsync(), After: clock.Elapsed)));
        Assert.Equal(0, await node.ExitAsync(deadline + Stop));

        foreach (var ((code, reason, before), after) in closes)
        {
            Assert.Equal(1012, code);
            Assert.NotEmpty(reason);
            AssertDrainFrame(Assert.Single(before), deadline);
            Assert.True(after < deadline + Stop, $"closed after {after}");
        }
        Assert.True(clock.Elapsed < deadline + Stop, $"ended after {clock.Elapsed}");
    }

    [Fact]
    public async Task A_node_whose_clients_leave_ends_before_the_deadline()
    {
        var deadline = TimeSpan.FromMinutes(10);
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", deadline.TotalMilliseconds));
        var sockets = new List<RawSocket>();
        for (var i = 0; i < 10; i++) sockets.Add((await RawSocket.ReadyAsync(node, $"?user=user-{i}")).Socket);

        node.Send(Signal.Terminate);
        await Task.WhenAll(sockets.Select(async socket =>
        {
            AssertDrainFrame(await socket.ReadAsync(), deadline);
            await socket.CloseAsync();
        }));

        Assert.Equal(0, await node.ExitAsync(Stop));
    }

    [Fact]
    public async Task A_request_that_does_not_come_to_its_end_does_not_hold_up_a_stop()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", 600_000));
        await using var connection = await RawConnection.OpenAsync(node.Clients);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(new Upgrade("?user=a%20b").ToString()));
        Assert.Equal(400, (await connection.ReadAnswerAsync()).Status);
        await connection.WriteAsync("GET /ws?user=slow HTTP/1.1\r\nHost: local"u8.ToArray());

        node.Send(Signal.Terminate);
        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task Nor_does_one_of_a_backend()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", 600_000));
        await using var connection = await RawConnection.OpenAsync(node.Api);
        await connection.WriteAsync("POST /api/users/bob/messages HTTP/1.1\r\nHost: local"u8.ToArray());

        node.Send(Signal.Terminate);
        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task While_it_drains_its_sockets_work_and_new_ones_are_refused()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", 600_000));
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        var (bob, _) = await RawSocket.ReadyAsync(node, "?user=bob");
        node.Send(Signal.Terminate);
        await Task.WhenAll(alice.ReadAsync("reconnect"), bob.ReadAsync("reconnect"));

        Assert.Equal((503, 200), (await node.Backend.HealthAsync("ready"), await node.Backend.HealthAsync("live")));
        var refused = await RawConnection.AskAsync(node.Clients, new Upgrade("?user=carol").ToString());
        Assert.Equal(503, refused.Status);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 60);
        Assert.Equal("application/problem+json", refused.Headers["Content-Type"]);

        await alice.SendAsync(FrameText.Send("bob", "late", "\"still here\""));
        Assert.Equal(1, (await alice.ReadAsync("ok")).Number("seq"));
        Assert.Equal("\"still here\"", (await bob.ReadAsync("msg")).Data());
        await node.Backend.PublishAsync("alice", "2");
        Assert.Equal("2", (await alice.ReadAsync("msg")).Data());
        await alice.SendAsync("""{"type":"ping"}""");
        await alice.ReadAsync("pong");

        await Task.WhenAll(alice.CloseAsync(), bob.CloseAsync());
        Assert.Equal(0, await node.ExitAsync(Stop));
    }

    [Fact]
    public async Task A_socket_that_is_not_open_yet_is_closed_at_once()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", 600_000));
        var stranger = await RawSocket.OpenAsync(node);
        await stranger.ReadAsync("hello");
        node.Send(Signal.Terminate);
        Assert.Equal(1012, (await stranger.ReadCloseAsync()).Code);
        Assert.Equal(0, await node.ExitAsync(Stop));
    }

    [Fact]
    public async Task During_the_notice_it_is_not_ready_but_accepts_and_a_second_interrupt_ends_all_waiting()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Drain:NoticeMs", 300_000), ("Drain:DeadlineMs", 600_000));
        node.Send(Signal.Interrupt);
        await Eventually.TrueAsync(async () => await node.Backend.HealthAsync("ready") == 503, "the node is not ready");
        var (late, _) = await RawSocket.ReadyAsync(node, "?user=late");

        node.Send(Signal.Interrupt);
        Assert.Equal(1012, (await late.ReadCloseAsync()).Code);
        Assert.Equal(0, await node.ExitAsync(Stop));
    }

    [Fact]
    public async Task A_second_interrupt_closes_the_clients_that_stay()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Drain:DeadlineMs", 600_000));
        var (stays, _) = await RawSocket.ReadyAsync(node, "?user=stays");
        node.Send(Signal.Interrupt);
        await stays.ReadAsync("reconnect");

        node.Send(Signal.Interrupt);
        var (code, reason, before) = await stays.ReadCloseAsync();
        Assert.Equal(1012, code);
        Assert.NotEmpty(reason);
        Assert.Empty(before);
        Assert.Equal(0, await node.ExitAsync(Stop));
    }

    private static void AssertDrainFrame(JsonElement frame, TimeSpan deadline)
    {
        Assert.Equal(("reconnect", "drain"), (frame.Text("type"), frame.Text("reason")));
        Assert.InRange(frame.Number("delayMs"), 0, 2000);
        Assert.InRange(frame.Number("graceMs"), 0, long.MaxValue);
        Assert.InRange(frame.Number("delayMs") + frame.Number("graceMs"), 0, (long)deadline.TotalMilliseconds);
        Assert.False(frame.Has("url"));
    }
}
