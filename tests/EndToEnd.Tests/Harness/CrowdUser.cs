using System.Collections.Concurrent;
using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// A user with one raw socket, which it never opens again: whatever the server does to it is seen. What comes is entered in the ledger,
/// and acknowledged now and then.
/// </summary>
internal sealed class CrowdUser : IAsyncDisposable
{
    // A test ends before.
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);
    private const int AckEvery = 8;

    private readonly Ledger _ledger;
    private readonly RawSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = [];
    private readonly ConcurrentDictionary<string, bool> _ephemerals = [];
    private readonly Task _reading;
    private volatile bool _leaving;

    private CrowdUser(string name, RawSocket socket, Ledger ledger)
    {
        (Name, _socket, _ledger) = (name, socket, ledger);
        _reading = Task.Run(ReadAsync);
    }

    public string Name { get; }

    /// <summary>Why its socket ended; null while it is open.</summary>
    public Exception? Ended { get; private set; }

    public static async Task<CrowdUser> AttachAsync(NodeProcess node, string name, Ledger ledger)
    {
        var (socket, _) = await RedisNode.AttachAsync(node, $"?user={name}&device=phone");
        return new CrowdUser(name, socket, ledger);
    }

    /// <summary>Sends a durable message and returns the <c>ok</c> or <c>err</c> that answers it.</summary>
    public async Task<JsonElement> SendAsync(string to, string id)
    {
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.SendAsync(FrameText.Send(to, id));
        return await answer.Task.Within(TimeSpan.FromSeconds(60));
    }

    /// <summary>Sends an ephemeral message and returns how many sockets it went to.</summary>
    public async Task<long> SendEphemeralAsync(string to, string id)
    {
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.SendAsync($$"""{"type":"send","id":"{{id}}","to":"{{to}}","data":"{{id}}","ephemeral":true}""");
        return (await answer.Task.Within()).Number("sockets");
    }

    /// <summary>Whether an ephemeral message with this text as its data has come.</summary>
    public bool GotEphemeral(string data) => _ephemerals.ContainsKey(data);

    public async ValueTask DisposeAsync()
    {
        _leaving = true;
        await _socket.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            for (var count = 1; ;)
            {
                var frame = await _socket.ReadAsync(Forever);
                if (frame.Text("type") != "msg") _asked.GetValueOrDefault(frame.Text("id"))?.TrySetResult(frame);
                else if (!frame.Has("seq")) _ephemerals[frame.GetProperty("data").GetString()!] = true;
                else await ReceiveAsync(frame.Text("id"), frame.Number("seq"), count++ % AckEvery == 0);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException or TimeoutException)
        {
            if (_leaving) return;
            Ended = e;
            foreach (var waiting in _asked.Values) waiting.TrySetException(e);
        }
    }

    private async Task ReceiveAsync(string id, long seq, bool acknowledge)
    {
        _ledger.Receive(Name, id, seq);
        if (acknowledge) await _socket.SendAsync($$"""{"type":"ack","seq":{{seq}}}""");
    }
}
