using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace AkkaSockets.Node.Sockets.Direct;

/// <summary>A connection as a stream, after its handshake. A read of zero bytes waits for the next byte and takes none, so that an idle socket holds no buffer.</summary>
internal sealed class TransportStream(ConnectionContext connection) : Stream, IGathersWrites
{
    // Past this a write of its own is worth its system call.
    private const int GatherAtMost = 32 * 1024;

    private readonly PipeReader _input = connection.Transport.Input;
    private readonly PipeWriter _output = connection.Transport.Output;
    private volatile bool _moreFollows;
    private int _gathered;

    public bool MoreFollows
    {
        set => _moreFollows = value;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The connection was reset.</exception>
    /// <exception cref="OperationCanceledException">It was aborted from here, or the token was cancelled.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var (available, taken) = (result.Buffer, result.Buffer.Start);
            try
            {
                // A read that was cancelled by the server's stop, while the handshake was read, is nothing to the socket: the node's drain ends that.
                if (!available.IsEmpty)
                {
                    var count = (int)Math.Min(buffer.Length, available.Length);
                    var part = available.Slice(0, count);
                    part.CopyTo(buffer.Span);
                    taken = part.End;
                    return count;
                }
                if (result.IsCompleted) return 0;
            }
            finally
            {
                _input.AdvanceTo(taken);
            }
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_moreFollows && _gathered + buffer.Length <= GatherAtMost)
        {
            _gathered += buffer.Length;
            _output.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
        _gathered = 0;
        var written = _output.WriteAsync(buffer, cancellationToken);
        if (!written.IsCompletedSuccessfully) return new ValueTask(written.AsTask());
        _ = written.Result;
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A socket is read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A socket is written asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
