using System.IO.Pipelines;
using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class LingeringStreamSpec
{
    [Theory]
    [InlineData(1002, "the WebSocket protocol was broken")]
    [InlineData(1007, "text frames are UTF-8")]
    public void A_close_without_a_reason_gets_one(int code, string reason)
    {
        var frame = LingeringStream.WithReason(new byte[] { 0x88, 2, (byte)(code >> 8), (byte)code }).ToArray();
        Assert.Equal([0x88, (byte)(2 + reason.Length), (byte)(code >> 8), (byte)code], frame[..4]);
        Assert.Equal(reason, System.Text.Encoding.UTF8.GetString(frame[4..]));
    }

    [Theory]
    [InlineData(new byte[] { 0x88, 3, 3, 0xEA, 65 })]
    [InlineData(new byte[] { 0x81, 2, 65, 65 })]
    [InlineData(new byte[] { 0x88, 0 })]
    public void Other_frames_stay_as_they_are(byte[] frame) => Assert.Equal(frame, LingeringStream.WithReason(frame).ToArray());

    [Fact]
    public async Task Disposed_under_a_waiting_read_it_aborts_the_connection()
    {
        var aborts = 0;
        var stream = new LingeringStream(new Pipe().Reader.AsStream(), () => aborts++);
        var read = stream.ReadAsync(new byte[1]);
        Assert.False(read.IsCompleted);
        await stream.DisposeAsync();
        Assert.Equal(1, aborts);
    }

    [Fact]
    public async Task After_a_fault_it_stays_open_until_the_client_has_gone()
    {
        var pipe = new Pipe();
        var stream = new LingeringStream(new Duplex(pipe.Reader.AsStream()), () => throw new InvalidOperationException("aborted"));
        await stream.WriteAsync(new byte[] { 0x88, 2, 3, 0xEA });
        await stream.DisposeAsync();
        var end = stream.EndAsync(CancellationToken.None);
        Assert.False(end.IsCompleted);
        await pipe.Writer.CompleteAsync();
        await end.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private sealed class Duplex(Stream reads) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reads.ReadAsync(buffer, cancellationToken);
    }
}
