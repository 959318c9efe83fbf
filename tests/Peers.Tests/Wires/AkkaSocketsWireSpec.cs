using System.Text;
using AkkaSockets.Load;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Tests.Wires;

public sealed class AkkaSocketsWireSpec
{
    private static readonly AkkaSocketsWire Wire = new(new TokenMint(new string('k', 32)));

    [Theory]
    [InlineData(false, """{"type":"send","to":"bob","data":{},"ephemeral":true}""")]
    [InlineData(true, """{"type":"send","id":"17","to":"bob","data":{}}""")]
    public void A_send_is_a_frame_of_the_protocol(bool durable, string frame)
    {
        var bytes = new byte[400];
        var length = Wire.WriteSend(bytes, "bob", "{}"u8, 17, durable);
        Assert.Equal(frame, Encoding.UTF8.GetString(bytes, 0, length));
    }

    [Fact]
    public void An_acknowledgement_is_too()
    {
        var bytes = new byte[64];
        Assert.Equal("""{"type":"ack","seq":44}""", Encoding.UTF8.GetString(bytes, 0, Wire.WriteAck(bytes, 44)));
    }

    [Theory]
    [InlineData("""{"type":"ready","user":"alice"}""", "ready")]
    [InlineData("""{"type":"msg","seq":42,"id":"7","from":"bob","ts":1790000000000,"data":{"t":5,"n":7,"p":"x"}}""", "seq 42", "message 5 7")]
    [InlineData("""{"type":"msg","from":"bob","ts":1790000000000,"data":{"t":5,"n":7,"p":"x"}}""", "message 5 7")]
    [InlineData("""{"type":"ok","id":"17","seq":12,"dup":false}""", "acknowledged 17")]
    [InlineData("""{"type":"ok","sockets":1}""")]
    [InlineData("""{"type":"err","code":"rate-limited","message":"…"}""", "trouble rate-limited")]
    [InlineData("""{"type":"reconnect","reason":"rebalance","delayMs":1}""", "trouble reconnect")]
    [InlineData("""{"type":"pong"}""")]
    public void What_the_server_says_is_understood(string frame, params string[] heard) => Assert.Equal(heard, RecordingSink.Of(Wire, Encoding.UTF8.GetBytes(frame)));

    [Fact]
    public void Users_come_with_tokens_and_devices() => Assert.Matches("^/ws\\?access_token=[^&]+&device=phone$", Wire.TargetOf("alice", "phone"));
}
