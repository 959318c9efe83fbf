using System.Net;
using System.Net.Sockets;
using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class ConnectingSpec
{
    [Fact]
    public async Task Start_completes_with_ready_and_the_session_is_known()
    {
        await using var rig = await Rig.StartAsync();
        Assert.Equal(ClientState.New, rig.Client.State);

        var start = rig.Client.StartAsync();
        var visit = await rig.Server.VisitAsync();
        Assert.Equal(ClientState.Connecting, rig.Client.State);
        var socket = await visit.AcceptAsync();
        Assert.False(start.IsCompleted);
        await socket.ReadyAsync(seq: 41);
        await start.Within();

        Assert.Equal(ClientState.Connected, rig.Client.State);
        Assert.Equal(
            new SessionInfo("alice", "phone", "e1", 99, true, "n1", null, rig.Server.Url), rig.Client.Session);
        Assert.Equal("alice", visit.Query["user"]);
        Assert.Equal("phone", visit.Query["device"]);
        Assert.False(visit.Query.ContainsKey("epoch"));
    }

    [Fact]
    public async Task A_device_that_the_server_named_keeps_its_name()
    {
        await using var rig = await Rig.StartAsync((url, time) => new AkkaSocketsClientOptions
        {
            Url = url,
            DevelopmentUser = "alice",
            TimeProvider = time,
            Jitter = () => 0,
        });
        var start = rig.Client.StartAsync();
        var visit = await rig.Server.VisitAsync();
        Assert.False(visit.Query.ContainsKey("device"));
        var socket = await visit.AcceptAsync();
        await socket.ReadyAsync(device: "~x7");
        await start.Within();

        await socket.CloseAsync(1012);

        Assert.Equal("~x7", (await rig.Server.VisitAsync()).Query["device"]);
    }

    [Fact]
    public async Task Hello_is_answered_with_open()
    {
        await using var rig = await Rig.StartAsync((url, time) => new AkkaSocketsClientOptions
        {
            Url = url,
            Device = "phone",
            TimeProvider = time,
            Jitter = () => 0,
            TokenProvider = _ => ValueTask.FromResult<string?>("t1"),
        });
        var start = rig.Client.StartAsync();
        var socket = await (await rig.Server.VisitAsync()).AcceptAsync();
        await socket.SendAsync(new { type = "hello", v = 1 });
        var open = await socket.FrameAsync();
        Assert.Equal(("open", "t1", "phone"), (open.Text("type"), open.Text("token"), open.Text("device")));
        Assert.False(open.TryGetProperty("resume", out _));
        await socket.ReadyAsync(seq: 7);
        await start.Within();

        await socket.CloseAsync(1012);
        socket = await (await rig.Server.VisitAsync()).AcceptAsync();
        await socket.SendAsync(new { type = "hello", v = 1 });

        var resume = (await socket.FrameAsync()).GetProperty("resume");
        Assert.Equal(("e1", 7), (resume.Text("epoch"), resume.Number("seq")));
    }

    [Fact]
    public async Task Hello_without_a_token_ends_it()
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        var socket = await (await rig.Server.VisitAsync()).AcceptAsync();

        await socket.SendAsync(new { type = "hello", v = 1 });

        await Assert.ThrowsAsync<ClientStoppedException>(() => start.Within());
    }

    [Fact]
    public async Task A_ready_that_does_not_come_in_time_is_a_failure()
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        var late = await (await rig.Server.VisitAsync()).AcceptAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(ReconnectReason.Failed, (await rig.ReconnectingAsync()).Reason);
        Assert.Equal(1006, await late.Closed);
        await rig.Server.ReadyAsync();
        await start.Within();
    }

    [Fact]
    public async Task An_attempt_that_was_given_up_and_reaches_the_server_late_does_not_end_the_client()
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        await rig.Server.VisitAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        var socket = await rig.Server.ReadyAsync();
        await start.Within();

        // Accepted after the present one: to the server that is the newer socket.
        await socket.CloseAsync(4503);

        socket = await rig.Server.ReadyAsync();
        await rig.Client.SendOverAsync(socket);
    }

    [Fact]
    public async Task Long_after_an_attempt_was_given_up_a_newer_socket_is_somebody_elses()
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        await rig.Server.VisitAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        var socket = await rig.Server.ReadyAsync();
        await start.Within();
        rig.Time.Advance(TimeSpan.FromMinutes(3));

        await socket.CloseAsync(4503);

        await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.Completion.Within());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_waited_for()
    {
        var refusals = 0;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                if (++refusals <= 3) throw new SocketException((int)SocketError.ConnectionRefused);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        await using var rig = await Rig.StartAsync((url, time) => new AkkaSocketsClientOptions
        {
            Url = url,
            DevelopmentUser = "alice",
            TimeProvider = time,
            Jitter = () => 0,
            Invoker = invoker,
        });
        var start = rig.Client.StartAsync();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var told = await rig.ReconnectingAsync();
            Assert.Equal((ReconnectReason.Failed, attempt), (told.Reason, told.Attempt));
            Assert.NotNull(told.Exception);
        }

        await rig.Server.ReadyAsync();
        await start.Within();
    }

    [Fact]
    public async Task A_local_address_may_be_bound()
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        await using var rig = await Rig.StartAsync((url, time) => new AkkaSocketsClientOptions
        {
            Url = url,
            DevelopmentUser = "alice",
            TimeProvider = time,
            Jitter = () => 0,
            Invoker = invoker,
        });
        _ = rig.Client.StartAsync();

        Assert.Equal("127.0.0.2", (await rig.Server.VisitAsync()).From!.ToString());
    }

    [Fact]
    public async Task Starting_twice_is_a_mistake()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ConnectAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Client.StartAsync());
    }

    [Fact]
    public async Task A_cancelled_start_goes_on_in_the_background()
    {
        await using var rig = await Rig.StartAsync();
        using var impatient = new CancellationTokenSource();
        var start = rig.Client.StartAsync(impatient.Token);
        var visit = await rig.Server.VisitAsync();

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.Within());
        var socket = await visit.AcceptAsync();
        await socket.ReadyAsync();
        await socket.MessageAsync(1);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(1, (await messages.NextAsync()).Seq);
    }
}
