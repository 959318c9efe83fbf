using System.Text;
using AkkaSockets.Load;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Tests.Wires;

public sealed class SignalRWireSpec
{
    private static readonly SignalRWire Wire = new(new TokenMint(new string('k', 32)));

    [Fact]
    public void A_send_is_an_invocation_without_an_id()
    {
        var bytes = new byte[400];
        var data = Encoding.UTF8.GetBytes(new string('x', 100));
        var length = Wire.WriteSend(bytes, "bob", data, 1, durable: false);
        byte[] body = [0x96, 1, 0x80, 0xC0, 0xA4, .. "Send"u8, 0x92, 0xA3, .. "bob"u8, 0xD9, 100, .. data, 0x90];
        Assert.Equal([(byte)body.Length, .. body], bytes[..length]);
    }

    [Fact]
    public void A_long_one_has_its_length_in_two_bytes()
    {
        var bytes = new byte[600];
        var length = Wire.WriteSend(bytes, "bob", new byte[200], 1, durable: false);
        Assert.Equal(length - 2, (bytes[0] & 0x7F) | (bytes[1] << 7));
    }

    [Fact]
    public void Several_messages_in_one_frame_are_all_understood()
    {
        byte[] frame = [.. Invocation("""{"t":1,"n":2,"p":""}"""), 2, 0x91, 6, .. Invocation("""{"t":3,"n":4,"p":""}"""), 3, 0x92, 7, 0xC0];
        Assert.Equal(["message 1 2", "message 3 4", "trouble close"], RecordingSink.Of(Wire, frame));
    }

    [Theory]
    [InlineData("{}\u001e", "ready")]
    [InlineData("{\"error\":\"no\"}\u001e", "trouble handshake")]
    public void The_handshake_comes_first(string answer, string heard) => Assert.Equal([heard], RecordingSink.Of(Wire, Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void A_frame_that_is_cut_off_is_not_read_beyond_its_end() => Assert.Empty(RecordingSink.Of(Wire, Invocation("""{"t":1,"n":2,"p":""}""")[..20]));

    private static byte[] Invocation(string data)
    {
        byte[] body = [0x95, 1, 0x80, 0xC0, 0xA3, .. "msg"u8, 0x91, (byte)(0xA0 | data.Length), .. Encoding.UTF8.GetBytes(data)];
        return [(byte)body.Length, .. body];
    }
}
