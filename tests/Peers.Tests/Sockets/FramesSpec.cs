using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Tests.Sockets;

public sealed class FramesSpec
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void What_a_client_writes_is_masked_and_can_be_unmasked(int size, int head)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        var frame = new byte[size + Frames.MostHead];
        var length = Frames.Write(frame, Opcode.Text, payload);

        Assert.Equal(head + 4 + size, length);
        Assert.Equal(0x81, frame[0]);
        Assert.NotEqual(0, frame[1] & 0x80);
        var mask = frame[head..(head + 4)];
        Assert.Contains(mask, part => part != 0);
        Assert.Equal(payload, frame[(head + 4)..length].Select((value, i) => (byte)(value ^ mask[i & 3])));
    }
}
