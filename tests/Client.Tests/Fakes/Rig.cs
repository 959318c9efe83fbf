using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Client.Tests.Fakes;

/// <summary>
/// A fake server and a client of it. The jitter is zero, so back-off takes no time; its bounds are the policy's tests. What
/// the events told is kept in channels, to be waited for.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly Channel<ReconnectingEventArgs> reconnecting = Channel.CreateUnbounded<ReconnectingEventArgs>();
    private readonly Channel<GapEventArgs> gaps = Channel.CreateUnbounded<GapEventArgs>();
    private readonly Channel<PositionResetEventArgs> resets = Channel.CreateUnbounded<PositionResetEventArgs>();
    private readonly Channel<Exception> errors = Channel.CreateUnbounded<Exception>();

    private Rig(FakeServer server, AkkaSocketsClient client, FakeTimeProvider time)
    {
        (Server, Client, Time) = (server, client, time);
        client.Reconnecting += (_, e) => reconnecting.Writer.TryWrite(e);
        client.Gap += (_, e) => gaps.Writer.TryWrite(e);
        client.PositionReset += (_, e) => resets.Writer.TryWrite(e);
        client.BackgroundError += (_, e) => errors.Writer.TryWrite(e.Exception);
    }

    public FakeServer Server { get; }

    public AkkaSocketsClient Client { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<Rig> StartAsync(Func<Uri, FakeTimeProvider, AkkaSocketsClientOptions>? options = null)
    {
        var server = await FakeServer.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var client = new AkkaSocketsClient(options?.Invoke(server.Url, time) ?? Options(server.Url, time));
        return new Rig(server, client, time);
    }

    public static AkkaSocketsClientOptions Options(Uri url, FakeTimeProvider time) => new()
    {
        Url = url,
        DevelopmentUser = "alice",
        Device = "phone",
        TimeProvider = time,
        Jitter = () => 0,
    };

    /// <summary>Starts the client, and answers its first upgrade with ready.</summary>
    public async Task<ServerSocket> ConnectAsync(long seq = 0)
    {
        var start = Client.StartAsync();
        var socket = await Server.ReadyAsync(seq);
        await start.Within();
        return socket;
    }

    public Task<ReconnectingEventArgs> ReconnectingAsync() => reconnecting.Reader.ReadAsync().AsTask().Within();

    public Task<GapEventArgs> GapAsync() => gaps.Reader.ReadAsync().AsTask().Within();

    public bool HasGap => gaps.Reader.Count > 0;

    public Task<PositionResetEventArgs> ResetAsync() => resets.Reader.ReadAsync().AsTask().Within();

    public Task<Exception> ErrorAsync() => errors.Reader.ReadAsync().AsTask().Within();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().AsTask().Within();
        await Server.DisposeAsync();
    }
}

internal static class RigExtensions
{
    /// <summary>Sends and answers one message, after which the client is known to use this socket.</summary>
    public static async Task SendOverAsync(this AkkaSocketsClient client, ServerSocket socket)
    {
        var send = client.SendAsync("someone", "0"u8.ToArray());
        await socket.OkAsync(await socket.FrameAsync("send"), 1);
        await send.Within();
    }
}
