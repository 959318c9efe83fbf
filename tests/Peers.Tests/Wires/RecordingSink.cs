using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Tests.Wires;

/// <summary>Writes down what it is told.</summary>
internal sealed class RecordingSink : IWireSink
{
    public List<string> Heard { get; } = [];

    public void OnReady() => Heard.Add("ready");

    public void OnMessage(long sentAt, long number) => Heard.Add($"message {sentAt} {number}");

    public void OnSeq(long seq) => Heard.Add($"seq {seq}");

    public void OnAcknowledged(long number) => Heard.Add($"acknowledged {number}");

    public void OnTrouble(string what) => Heard.Add($"trouble {what}");

    /// <summary>What a wire makes of one message.</summary>
    public static IReadOnlyList<string> Of(IWire wire, ReadOnlySpan<byte> message)
    {
        var sink = new RecordingSink();
        wire.Read(message, sink);
        return sink.Heard;
    }
}
