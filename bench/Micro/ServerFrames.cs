using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>Writing what clients get. The frame itself, which the outbox keeps until it is on the wire, is part of the bytes allocated.</summary>
public class ServerFrames
{
    private readonly LogMessage _small = Given.Message(42, 100);
    private readonly LogMessage _large = Given.Message(42, 4096);
    private readonly DeliverEphemeral _ephemeral = new(Given.Id, Given.Bob, Given.Now, Given.Data(100), Given.Publication);
    private readonly MessageAccepted _accepted = new(Given.Id, 42, Duplicate: false);
    private readonly EphemeralDelivered _delivered = new(Given.Id, 2);
    private readonly ReadyFrame _ready = new(Given.Alice, Given.Phone, "0123456789abcdef", 41, 44, 12, true, false, "node-a:4054", null);

    [Benchmark]
    public ReadOnlyMemory<byte> Message100() => ServerFrameWriter.Message(_small);

    [Benchmark]
    public ReadOnlyMemory<byte> Message4096() => ServerFrameWriter.Message(_large);

    [Benchmark]
    public ReadOnlyMemory<byte> Ephemeral100() => ServerFrameWriter.Ephemeral(_ephemeral);

    [Benchmark]
    public ReadOnlyMemory<byte> Accepted() => ServerFrameWriter.Ok(_accepted);

    [Benchmark]
    public ReadOnlyMemory<byte> Delivered() => ServerFrameWriter.Ok(_delivered);

    [Benchmark]
    public ReadOnlyMemory<byte> Ready() => ServerFrameWriter.Ready(_ready);

    [Benchmark]
    public ReadOnlyMemory<byte> Error() => ServerFrameWriter.Error(ErrorCode.RateLimited, "50 frames a second are allowed.", "0198c2-17");

    [Benchmark]
    public ReadOnlyMemory<byte> Reconnect() => ServerFrameWriter.Reconnect(ReconnectReason.Rebalance, 1830, 30_000, null);
}
