using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class EndingSpec
{
    [Fact]
    public async Task Disposing_says_goodbye_and_ends_everything()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        var next = messages.MoveNextAsync();
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var ephemeral = rig.Client.SendEphemeralAsync("bob", "1"u8.ToArray());

        await rig.Client.DisposeAsync().AsTask().Within();

        Assert.Equal(1000, await socket.Closed);
        Assert.False(await next.AsTask().Within());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => send.Within());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ephemeral.Within());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => rig.Client.SendAsync("bob", "1"u8.ToArray()));
        await rig.Client.Completion.Within();
        Assert.Equal(ClientState.Stopped, rig.Client.State);
    }

    [Fact]
    public async Task Disposing_gives_up_an_attempt()
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        await rig.Server.VisitAsync();

        await rig.Client.DisposeAsync().AsTask().Within();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => start.Within());
    }

    [Fact]
    public async Task Disposing_gives_up_a_wait()
    {
        await using var rig = await Rig.StartAsync();
        _ = rig.Client.StartAsync();
        await (await rig.Server.VisitAsync()).RefuseAsync(503, retryAfter: "100");
        await rig.ReconnectingAsync();

        await rig.Client.DisposeAsync().AsTask().Within();
    }

    [Fact]
    public async Task Disposing_what_was_never_started_is_fine_and_so_is_twice()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Client.DisposeAsync().AsTask().Within();
        await rig.Client.DisposeAsync().AsTask().Within();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => rig.Client.StartAsync());
        await foreach (var message in rig.Client.Messages()) Assert.Fail($"{message.Seq}");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_the_goodbye_is_left()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ConnectAsync();
        await using var deaf = await DeafServer.StartAsync();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var client = new AkkaSocketsClient(Rig.Options(deaf.Url, time));
        await client.StartAsync().Within();

        var over = client.DisposeAsync().AsTask();
        await deaf.Goodbye;
        time.Advance(TimeSpan.FromSeconds(5));

        await over.Within();
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_client_with_what_it_threw()
    {
        await using var rig = await Rig.StartAsync();
        rig.Client.StateChanged += (_, e) =>
        {
            if (e.Current == ClientState.Connected) throw new InvalidOperationException("mine");
        };
        _ = rig.Client.StartAsync();
        await rig.Server.ReadyAsync();

        var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.Completion.Within());
        Assert.Equal("mine", stopped.InnerException!.Message);
    }

    [Fact]
    public async Task Every_state_is_told_once()
    {
        await using var rig = await Rig.StartAsync();
        var states = new List<ClientState>();
        rig.Client.StateChanged += (_, e) => states.Add(e.Current);
        var socket = await rig.ConnectAsync();
        await socket.CloseAsync(1012);
        await rig.Client.SendOverAsync(await rig.Server.ReadyAsync());
        await rig.Client.DisposeAsync().AsTask().Within();

        Assert.Equal(
            [ClientState.Connecting, ClientState.Connected, ClientState.Reconnecting, ClientState.Connected, ClientState.Stopped],
            states);
    }
}
