using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A raw socket that is read all the time, answers pings, and remembers what the server did to it. It does not come back by itself.</summary>
internal sealed class WatchedSocket : IAsyncDisposable
{
    // A test ends before.
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly List<JsonElement> _frames = [];
    private readonly RawSocket _socket;
    private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private WatchedSocket(NodeProcess on, string user, string device, RawSocket socket, JsonElement ready)
    {
        (On, User, Device, _socket, Ready) = (on, user, device, socket, ready);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The node that it is connected to.</summary>
    public NodeProcess On { get; }

    public string User { get; }

    public string Device { get; }

    public JsonElement Ready { get; }

    /// <summary>The code of the server's close; faulted where the connection ended without one.</summary>
    public Task<int> Closed => _closed.Task;

    /// <summary>Each durable message's seq, in the order in which they came.</summary>
    public IReadOnlyList<long> Seqs => [.. Of("msg").Where(frame => frame.Has("seq")).Select(frame => frame.Number("seq"))];

    /// <summary>The reasons of the reconnect frames.</summary>
    public IReadOnlyList<string> Reconnects => [.. Of("reconnect").Select(frame => frame.Text("reason"))];

    public static async Task<WatchedSocket> OpenAsync(NodeProcess on, string user, string device, string resume = "")
    {
        var (socket, ready) = await RawSocket.ReadyAsync(on, $"?user={user}&device={device}{resume}");
        return new WatchedSocket(on, user, device, socket, ready);
    }

    /// <summary>As its client does after a close: opens another one that goes on after the last seq.</summary>
    public Task<WatchedSocket> ResumeAsync(NodeProcess on) => OpenAsync(on, User, Device, $"&epoch={Ready.Text("epoch")}&seq={Seqs[^1]}");

    /// <summary>The frames of this type.</summary>
    public IReadOnlyList<JsonElement> Of(string type)
    {
        lock (_gate) return [.. _frames.Where(frame => frame.Text("type") == type)];
    }

    public Task SendAsync(string text) => _socket.SendAsync(text);

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var frame = await _socket.ReadFrameAsync(Forever);
                if (frame.Opcode == Opcode.Text) lock (_gate) _frames.Add(JsonDocument.Parse(frame.Payload).RootElement);
                if (frame.Opcode != Opcode.Close) continue;
                await _socket.SendAsync(RawFrame.Close(frame.CloseCode));
                _closed.SetResult(frame.CloseCode);
                return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _closed.TrySetException(e);
            // Who is interested asks; most tests end with open sockets.
            _ = _closed.Task.Exception;
        }
    }
}
