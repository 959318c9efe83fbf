namespace AkkaSockets.Peers.Sockets;

/// <summary>Is told what a connection brings.</summary>
internal interface IFrameSink
{
    void OnMessage(ReadOnlySpan<byte> message);

    void OnPing(ReadOnlySpan<byte> payload);

    /// <param name="code">RFC 6455 §7.4; 1005 where none was given.</param>
    void OnClose(int code);
}

/// <summary>Makes whole messages of whatever pieces a connection brings. Its buffer is small: there are thousands, and most of them idle.</summary>
internal sealed class MessageReader(IFrameSink sink)
{
    private const int FirstBuffer = 1024;
    private const int NoCode = 1005;

    private byte[] _buffer = new byte[FirstBuffer];
    private byte[] _message = [];
    private int _end, _messageEnd;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Room
    {
        get
        {
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>Takes what has come into <see cref="Room"/>.</summary>
    public void Advance(int bytes)
    {
        _end += bytes;
        var rest = _buffer.AsSpan(0, _end);
        while (Frames.TryReadHead(rest, out var head) && rest.Length >= head.Size)
        {
            Take(head, rest.Slice(head.Head, head.Payload));
            rest = rest[head.Size..];
        }
        rest.CopyTo(_buffer);
        _end = rest.Length;
    }

    private void Take(FrameHead head, ReadOnlySpan<byte> payload)
    {
        switch (head.Opcode)
        {
            case Opcode.Ping:
                sink.OnPing(payload);
                break;
            case Opcode.Pong:
                break;
            case Opcode.Close:
                sink.OnClose(payload.Length >= 2 ? (payload[0] << 8) | payload[1] : NoCode);
                break;
            default:
                TakePart(head.IsFinal, payload);
                break;
        }
    }

    private void TakePart(bool isFinal, ReadOnlySpan<byte> part)
    {
        if (isFinal && _messageEnd == 0)
        {
            sink.OnMessage(part);
            return;
        }
        if (_message.Length < _messageEnd + part.Length) Array.Resize(ref _message, Math.Max(_message.Length * 2, _messageEnd + part.Length));
        part.CopyTo(_message.AsSpan(_messageEnd));
        _messageEnd += part.Length;
        if (!isFinal) return;
        sink.OnMessage(_message.AsSpan(0, _messageEnd));
        _messageEnd = 0;
    }
}
