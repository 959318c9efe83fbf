using System.Buffers.Binary;
using System.Threading.Channels;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A socket's frames, read as they come and kept until the test asks for them: pings are answered however long it does other things.</summary>
internal sealed class FrameIntake
{
    // A test ends before.
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly Channel<RawFrame> _frames = Channel.CreateUnbounded<RawFrame>();

    /// <param name="answer">Writes a pong.</param>
    public FrameIntake(RawConnection connection, Func<RawFrame, Task> answer) => _ = Task.Run(() => ReadAsync(connection, answer));

    /// <summary>The next frame off a connection.</summary>
    /// <exception cref="IOException">The connection ended before.</exception>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public static async Task<RawFrame> ReadAsync(RawConnection connection, TimeSpan? within)
    {
        var head = new byte[2];
        await connection.ReadAsync(head, within);
        var length = await ReadLengthAsync(connection, head[1]);
        var payload = new byte[length];
        await connection.ReadAsync(payload);
        return new RawFrame((Opcode)(head[0] & 0x0f), payload, (head[0] & 0x80) != 0);
    }

    /// <summary>The next of them, pings and all.</summary>
    /// <exception cref="IOException">The connection ended before.</exception>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public async Task<RawFrame> ReadAsync(TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Eventually.Generous);
        try
        {
            // Faults of the connection are thrown here as they were.
            while (await _frames.Reader.WaitToReadAsync(deadline.Token))
            {
                if (_frames.Reader.TryRead(out var frame)) return frame;
            }
            throw new EndOfStreamException();
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing came within {within ?? Eventually.Generous}.");
        }
    }

    /// <summary>Waits for the connection's end, however it comes.</summary>
    public async Task ReadToEndAsync(TimeSpan within)
    {
        var patience = new Patience(within);
        try
        {
            while (true) await ReadAsync(patience.Left);
        }
        catch (IOException)
        {
            // It ended, in order or by a reset.
        }
    }

    private async Task ReadAsync(RawConnection connection, Func<RawFrame, Task> answer)
    {
        try
        {
            while (true)
            {
                var frame = await ReadAsync(connection, Forever);
                _frames.Writer.TryWrite(frame);
                if (frame.Opcode == Opcode.Ping) await AnswerAsync(frame, answer);
            }
        }
        catch (Exception fault)
        {
            _frames.Writer.Complete(fault);
        }
    }

    private static async Task AnswerAsync(RawFrame ping, Func<RawFrame, Task> answer)
    {
        try
        {
            await answer(ping with { Opcode = Opcode.Pong });
        }
        catch (IOException)
        {
            // The server has gone: what it said before is still to be read.
        }
    }

    private static async Task<int> ReadLengthAsync(RawConnection connection, byte second)
    {
        Assert.True((second & 0x80) == 0, "A server must not mask (RFC 6455 §5.1).");
        var length = new byte[8];
        switch (second)
        {
            case 126:
                await connection.ReadAsync(length.AsMemory(0, 2));
                return BinaryPrimitives.ReadUInt16BigEndian(length);
            case 127:
                await connection.ReadAsync(length);
                return checked((int)BinaryPrimitives.ReadInt64BigEndian(length));
            default:
                return second;
        }
    }
}
