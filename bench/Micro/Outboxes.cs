using System.Net.WebSockets;
using AkkaSockets.Node.Sockets;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>From queueing a frame to its having been handed to the socket, which takes it at once. The frame is there already.</summary>
public class Outboxes
{
    private const int Burst = 100;
    private readonly ReadOnlyMemory<byte> _frame = new byte[250];
    private readonly CountingSocket _socket = new();
    private Outbox _outbox = null!;

    [GlobalSetup]
    public void Begin() => _outbox = new Outbox(_socket, 1 << 20, TimeSpan.FromSeconds(5), TimeProvider.System);

    /// <summary>Each frame finds an empty outbox: the writer starts, and ends.</summary>
    [Benchmark]
    public void OneFrame()
    {
        _socket.Await(1);
        _outbox.TryEnqueue(_frame, live: true);
        _socket.Wait();
    }

    /// <summary>A frame of a hundred that come at once.</summary>
    [Benchmark(OperationsPerInvoke = Burst)]
    public void FrameOfABurst()
    {
        _socket.Await(Burst);
        for (var i = 0; i < Burst; i++) _outbox.TryEnqueue(_frame, live: true);
        _socket.Wait();
    }

    /// <summary>Takes whatever is written, and tells when so many frames were.</summary>
    private sealed class CountingSocket : WebSocket
    {
        private readonly ManualResetEventSlim _done = new();
        private int _missing;

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public void Await(int frames)
        {
            _done.Reset();
            Volatile.Write(ref _missing, frames);
        }

        public void Wait() => _done.Wait();

        public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            if (Interlocked.Decrement(ref _missing) == 0) _done.Set();
            return ValueTask.CompletedTask;
        }

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override void Abort() => throw new NotSupportedException();

        public override void Dispose() => _done.Dispose();
    }
}
