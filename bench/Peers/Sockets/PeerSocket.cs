using System.Net;
using System.Net.Sockets;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Sockets;

/// <summary>One client of any contender, as cheap as it can be: ten thousand of them share the machine with the servers.</summary>
/// <param name="home">Is told what comes.</param>
internal sealed class PeerSocket(IWire wire, string user, string? device, ISocketHome home) : IFrameSink, IWireSink, IDisposable
{
    /// <summary>As the client libraries have it: an acknowledgement for so many messages, or a second.</summary>
    private const int AckEvery = 32;

    private const int MostFrame = 768;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _writer = new();
    private Socket? _socket;
    private long _seq, _acked;

    public string User => user;

    /// <summary>Where it is connected.</summary>
    public int Node { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>Completes when the server serves it.</summary>
    /// <exception cref="SocketException">There is no connection, or it broke.</exception>
    /// <exception cref="UpgradeRefusedException">The server does not take it.</exception>
    public async Task ConnectAsync(int node, IPEndPoint address, IPAddress source, CancellationToken stop)
    {
        Node = node;
        var reader = new MessageReader(this);
        var (socket, rest) = await Upgrade.ConnectAsync(address, source, wire.TargetOf(user, device), reader.Room, stop).ConfigureAwait(false);
        (_socket, IsOpen) = (socket, true);
        if (!wire.Opening.IsEmpty) Send(Opcode.Text, wire.Opening.Span);
        _ = ReceiveAsync(socket, reader, rest);
        await _ready.Task.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Sends to another user; blocks while the connection is full. Nothing happens when it is closed.</summary>
    public void Send(string to, long sentAt, long number, bool durable)
    {
        Span<byte> frame = stackalloc byte[MostFrame + Frames.MostHead];
        Write(frame[..Compose(frame, to, sentAt, number, durable)]);
    }

    /// <summary>Several messages at once, in one write.</summary>
    public void SendBurst(string to, long sentAt, long firstNumber, int count)
    {
        var frames = new byte[count * (MostFrame + Frames.MostHead)];
        var length = 0;
        for (var i = 0; i < count; i++) length += Compose(frames.AsSpan(length), to, sentAt, firstNumber + i, durable: false);
        Write(frames.AsSpan(0, length));
    }

    /// <summary>What a client says from time to time.</summary>
    /// <param name="alive">Whether it is time to show that it lives.</param>
    public void Upkeep(bool alive)
    {
        if (alive && !wire.KeepAlive.IsEmpty) Send(wire.IsBinary ? Opcode.Binary : Opcode.Text, wire.KeepAlive.Span);
        Acknowledge();
    }

    public void OnPing(ReadOnlySpan<byte> payload) => Send(Opcode.Pong, payload);

    public void OnClose(int code) => home.OnTrouble($"closed {code}");

    void IFrameSink.OnMessage(ReadOnlySpan<byte> message) => wire.Read(message, this);

    public void OnReady() => _ready.TrySetResult();

    void IWireSink.OnMessage(long sentAt, long number) => home.OnMessage(this, sentAt, number);

    public void OnSeq(long seq)
    {
        Volatile.Write(ref _seq, seq);
        if (seq - Volatile.Read(ref _acked) >= AckEvery) Acknowledge();
    }

    public void OnAcknowledged(long number) => home.OnAcknowledged(number);

    public void OnTrouble(string what) => home.OnTrouble(what);

    public void Dispose()
    {
        IsOpen = false;
        _socket?.Dispose();
    }

    private static int Compose(Span<byte> frame, IWire wire, string to, long sentAt, long number, bool durable)
    {
        Span<byte> data = stackalloc byte[Stamp.Size];
        Span<byte> payload = stackalloc byte[MostFrame];
        Stamp.Write(data, sentAt, number);
        var length = wire.WriteSend(payload, to, data, number, durable);
        return Frames.Write(frame, wire.IsBinary ? Opcode.Binary : Opcode.Text, payload[..length]);
    }

    private int Compose(Span<byte> frame, string to, long sentAt, long number, bool durable) => Compose(frame, wire, to, sentAt, number, durable);

    private void Acknowledge()
    {
        var seq = Volatile.Read(ref _seq);
        if (Interlocked.Exchange(ref _acked, seq) == seq) return;
        Span<byte> payload = stackalloc byte[64];
        if (wire.WriteAck(payload, seq) is > 0 and var length) Send(Opcode.Text, payload[..length]);
    }

    private void Send(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[MostFrame + Frames.MostHead];
        Write(frame[..Frames.Write(frame, opcode, payload)]);
    }

    private void Write(ReadOnlySpan<byte> frames)
    {
        try
        {
            lock (_writer)
            {
                while (frames.Length > 0) frames = frames[_socket!.Send(frames, SocketFlags.None)..];
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The reading side tells.
        }
    }

    private async Task ReceiveAsync(Socket socket, MessageReader reader, int rest)
    {
        try
        {
            for (var read = rest; ; read = await socket.ReceiveAsync(reader.Room).ConfigureAwait(false))
            {
                // The rest may be nothing; after that nothing is the end.
                if (read == 0 && rest < 0) break;
                reader.Advance(read);
                rest = -1;
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Gone, one way or the other.
        }
        var isUnasked = IsOpen;
        Dispose();
        _ready.TrySetException(new UpgradeRefusedException("closed before it was ready"));
        // Whoever waits for it sees that; nobody may.
        _ = _ready.Task.Exception;
        if (isUnasked) home.OnLost(this);
    }
}

/// <summary>What all sockets of a run belong to; told from any thread.</summary>
internal interface ISocketHome
{
    void OnMessage(PeerSocket socket, long sentAt, long number);

    void OnAcknowledged(long number);

    void OnTrouble(string what);

    /// <summary>It was open, and nobody here closed it.</summary>
    void OnLost(PeerSocket socket);
}
