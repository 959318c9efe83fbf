using System.Buffers.Binary;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// Makes the closes that .NET's WebSocket sends by itself, when a client breaks the framing (1002) or sends text that is not UTF-8 (1007), as good
/// as the others: they get a reason text, and the connection stays until the client has had time to read them. Disposing this leaves the
/// inner stream open, since a WebSocket that faulted disposes at once; <see cref="EndAsync"/> comes after that.
/// </summary>
/// <param name="abort">Ends the connection with no more ado, which ends a read that is waiting.</param>
internal sealed class LingeringStream(Stream inner, Action abort) : Stream, IGathersWrites
{
    private static readonly TimeSpan LingerAtMost = TimeSpan.FromSeconds(2);
    private readonly IGathersWrites? _gathering = inner as IGathersWrites;
    private bool _faulted;
    private volatile bool _reading;

    /// <summary>Of no effect where the inner stream writes each frame at once.</summary>
    public bool MoreFollows
    {
        set => _gathering?.MoreFollows = value;
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

    /// <summary>The frame as it is to be written: with a reason where it was a close without one. Such a one has four bytes: opcode 8, length 2, the code (RFC 6455 §5.5.1).</summary>
    internal static ReadOnlyMemory<byte> WithReason(ReadOnlyMemory<byte> frame)
    {
        if (frame.Length != 4 || frame.Span[0] != 0x88 || frame.Span[1] != 2) return frame;
        var reason = BinaryPrimitives.ReadUInt16BigEndian(frame.Span[2..]) switch
        {
            1002 => "the WebSocket protocol was broken"u8,
            1007 => "text frames are UTF-8"u8,
            _ => "closed by the server"u8,
        };
        var longer = new byte[4 + reason.Length];
        frame.CopyTo(longer);
        reason.CopyTo(longer.AsSpan(4));
        longer[1] = (byte)(2 + reason.Length);
        return longer;
    }

    /// <summary>Ends the connection; after a fault the client's answer to the close is awaited, for a while.</summary>
    public async Task EndAsync(CancellationToken aborted)
    {
        if (_faulted)
        {
            using var linger = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            linger.CancelAfter(LingerAtMost);
            var rest = new byte[256];
            try
            {
                while (await inner.ReadAsync(rest, linger.Token).ConfigureAwait(false) > 0)
                {
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client went, or took too long: either way this is the end.
            }
        }
        await inner.DisposeAsync().ConfigureAwait(false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _reading = true;
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading = false;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(Reasoned(buffer), cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(Reasoned(buffer.AsMemory(offset, count)).Span);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // Disposed under a waiting read: the WebSocket was aborted, and .NET counts on that to end the read.
        if (disposing && _reading && !_faulted) abort();
        base.Dispose(disposing);
    }

    private ReadOnlyMemory<byte> Reasoned(ReadOnlyMemory<byte> frame)
    {
        var reasoned = WithReason(frame);
        _faulted |= reasoned.Length != frame.Length;
        return reasoned;
    }
}
