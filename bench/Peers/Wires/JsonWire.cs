namespace AkkaSockets.Peers.Wires;

/// <summary>What the peers that are written by hand speak: <c>{"to":…,"data":…}</c>, <c>{"type":"ready"}</c>, <c>{"type":"msg",…}</c>.</summary>
/// <param name="targetOf">Path and query of the upgrade request of a user.</param>
internal sealed class JsonWire(Func<string, string> targetOf) : IWire
{
    public bool IsBinary => false;

    public ReadOnlyMemory<byte> Opening => default;

    public ReadOnlyMemory<byte> KeepAlive => default;

    public string TargetOf(string user, string? device) => targetOf(user);

    public int WriteSend(Span<byte> to, string user, ReadOnlySpan<byte> data, long number, bool durable)
    {
        var text = new Utf8Text(to);
        text.Add("{\"to\":\""u8);
        text.Add(user);
        text.Add("\",\"data\":"u8);
        text.Add(data);
        text.Add("}"u8);
        return text.Length;
    }

    public int WriteAck(Span<byte> to, long seq) => 0;

    public void Read(ReadOnlySpan<byte> message, IWireSink sink)
    {
        if (message.StartsWith("{\"type\":\"ready\""u8)) sink.OnReady();
        else while (Stamp.TryReadNext(ref message, out var sentAt, out var number)) sink.OnMessage(sentAt, number);
    }
}
