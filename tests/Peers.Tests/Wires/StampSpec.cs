using System.Text;
using System.Text.Json;
using AkkaSockets.Peers.Wires;
using FsCheck.Xunit;

namespace AkkaSockets.Peers.Tests.Wires;

public sealed class StampSpec
{
    [Property]
    public bool What_is_written_is_read_and_is_json_of_one_size(long sentAt, long number)
    {
        var bytes = new byte[Stamp.Size];
        Stamp.Write(bytes, sentAt, number);
        var json = JsonDocument.Parse(bytes).RootElement;
        ReadOnlySpan<byte> rest = bytes;
        return Stamp.TryReadNext(ref rest, out var readAt, out var read) && (readAt, read) == (sentAt, number)
            && json.GetProperty("t").GetInt64() == sentAt && json.GetProperty("n").GetInt64() == number;
    }

    [Fact]
    public void Several_in_one_frame_are_found_one_after_the_other()
    {
        var frame = Encoding.UTF8.GetBytes("""{"type":"msg","ts":5,"data":{"t":1,"n":2,"p":"x"}}{"data":{"t":3,"n":4,"p":""}}""");
        ReadOnlySpan<byte> rest = frame;
        var found = new List<(long, long)>();
        while (Stamp.TryReadNext(ref rest, out var sentAt, out var number)) found.Add((sentAt, number));
        Assert.Equal([(1, 2), (3, 4)], found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"ts":1}""")]
    [InlineData("""{"t":""")]
    [InlineData("""{"t":"1"}""")]
    [InlineData("""{"t":1,"m":2}""")]
    public void What_is_none_is_not_read(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        Assert.False(Stamp.TryReadNext(ref rest, out _, out _));
    }
}
