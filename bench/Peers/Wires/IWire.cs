namespace AkkaSockets.Peers.Wires;

/// <summary>How a contender's clients speak: what is the same for all of them (RFC 6455) is not here.</summary>
internal interface IWire
{
    /// <summary>Whether clients' messages are binary frames.</summary>
    bool IsBinary { get; }

    /// <summary>What a client says first, by itself; empty where it waits to be greeted.</summary>
    ReadOnlyMemory<byte> Opening { get; }

    /// <summary>What a client says so that it is not taken for dead; empty where pongs are enough.</summary>
    ReadOnlyMemory<byte> KeepAlive { get; }

    /// <summary>Path and query of the upgrade request.</summary>
    /// <param name="device">For a user's several sockets; null where there is one.</param>
    string TargetOf(string user, string? device);

    /// <summary>A message from one user to another.</summary>
    /// <param name="to">Long enough for the names, the data and 200 bytes.</param>
    /// <returns>Bytes written.</returns>
    int WriteSend(Span<byte> to, string user, ReadOnlySpan<byte> data, long number, bool durable);

    /// <summary>Says that everything up to <paramref name="seq"/> was handled; 0 where the protocol has no such thing.</summary>
    int WriteAck(Span<byte> to, long seq);

    /// <summary>Tells what a whole message of the server says.</summary>
    void Read(ReadOnlySpan<byte> message, IWireSink sink);
}

/// <summary>Is told what a server said.</summary>
internal interface IWireSink
{
    /// <summary>The socket is served from now on.</summary>
    void OnReady();

    /// <summary>A message came.</summary>
    void OnMessage(long sentAt, long number);

    /// <summary>A durable message with a place in the log came.</summary>
    void OnSeq(long seq);

    /// <summary>A durable send is in the receiver's log.</summary>
    void OnAcknowledged(long number);

    /// <summary>The server refused something, or sends the client away.</summary>
    void OnTrouble(string what);
}
