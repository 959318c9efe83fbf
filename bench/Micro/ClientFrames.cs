using AkkaSockets.Messages.Frames;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>Reading what clients send. What a send keeps of the frame (its id, its target, its data) is part of the bytes allocated.</summary>
public class ClientFrames
{
    private const int MaxDataBytes = 65_536;

    private readonly ReadOnlyMemory<byte> _ping = Given.Utf8("""{"type":"ping"}""");
    private readonly ReadOnlyMemory<byte> _ack = Given.Utf8("""{"type":"ack","seq":44}""");
    private readonly ReadOnlyMemory<byte> _open = Given.Utf8($$$"""{"type":"open","token":"{{{new string('t', 300)}}}","device":"phone","resume":{"epoch":"0123456789abcdef","seq":41}}""");
    private readonly ReadOnlyMemory<byte> _bad = Given.Utf8("""{"type":"send","id":"1","to":"bob"}""");
    private readonly ReadOnlyMemory<byte> _small = Send(100);
    private readonly ReadOnlyMemory<byte> _large = Send(4096);

    [Benchmark]
    public ClientFrame Ping() => ClientFrameReader.Read(_ping, MaxDataBytes);

    [Benchmark]
    public ClientFrame Ack() => ClientFrameReader.Read(_ack, MaxDataBytes);

    [Benchmark]
    public ClientFrame Send100() => ClientFrameReader.Read(_small, MaxDataBytes);

    [Benchmark]
    public ClientFrame Send4096() => ClientFrameReader.Read(_large, MaxDataBytes);

    [Benchmark]
    public ClientFrame Open() => ClientFrameReader.Read(_open, MaxDataBytes);

    [Benchmark]
    public ClientFrame SendWithoutData() => ClientFrameReader.Read(_bad, MaxDataBytes);

    private static ReadOnlyMemory<byte> Send(int bytes) =>
        Given.Utf8($$"""{"type":"send","id":"{{Given.Id}}","to":"{{Given.Bob}}","data":{{System.Text.Encoding.UTF8.GetString(Given.Data(bytes).Utf8.Span)}}}""");
}
