using System.Text;
using System.Text.Json;
using AkkaSockets.Client.Frames;
using FsCheck;
using FsCheck.Xunit;

namespace AkkaSockets.Client.Tests.Frames;

public class FrameReaderSpec
{
    [Fact]
    public void Reads_ready() =>
        Assert.Equal(
            new ReadyFrame("alice", "phone", "e", 41, 44, true, false, 12, "n1", "ws://n1/ws"),
            Read("""
                {"type":"ready","user":"alice","device":"phone","epoch":"e","seq":41,"head":44,"resumed":true,"gap":false,
                 "first":12,"node":"n1","url":"ws://n1/ws"}
                """));

    [Fact]
    public void Reads_a_message_and_its_very_bytes()
    {
        var frame = Read(
            """{"type":"msg","seq":42,"id":"x","from":"bob","ts":1790000000000,"data":{ "a" : 1.0e0,"b":"\u00e9\/" }}""");

        var message = Assert.IsType<MessageFrame>(frame).Message;
        Assert.Equal((42, "x", "bob"), (message.Seq, message.Id, message.From));
        Assert.Equal(1790000000000, message.Timestamp.ToUnixTimeMilliseconds());
        Assert.Equal("""{ "a" : 1.0e0,"b":"\u00e9\/" }""", Encoding.UTF8.GetString(message.Data.Span));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("-0.0")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[]")]
    [InlineData("[1, {\"data\":2} ]")]
    public void Any_value_is_data(string data) =>
        Assert.Equal(
            data,
            Encoding.UTF8.GetString(
                Assert.IsType<MessageFrame>(Read($$"""{"data": {{data}} ,"type":"msg"}""")).Message.Data.Span));

    [Fact]
    public void Data_may_nest_deeply()
    {
        var data = new string('[', 30000) + new string(']', 30000);

        Assert.Equal(60000, Assert.IsType<MessageFrame>(Read($$"""{"type":"msg","data":{{data}}}""")).Message.Data.Length);
    }

    public static TheoryData<string, object> Others => new()
    {
        { """{"type":"hello","v":1}""", new HelloFrame() },
        { """{"type":"ok","id":"a","seq":12,"dup":true}""", new OkFrame("a", 12, true, null) },
        { """{"type":"ok","id":"a","sockets":2}""", new OkFrame("a", null, false, 2) },
        {
            """{"type":"err","id":"a","code":"unavailable","message":"m","retry":true,"retryAfterMs":500}""",
            new ErrFrame("a", "unavailable", "m", true, TimeSpan.FromMilliseconds(500))
        },
        { """{"type":"err","code":"bad-frame"}""", new ErrFrame(null, "bad-frame", "", false, null) },
        {
            """{"type":"reconnect","reason":"drain","delayMs":1830,"graceMs":30000,"url":"ws://n/ws"}""",
            new ReconnectFrame("drain", TimeSpan.FromMilliseconds(1830), TimeSpan.FromSeconds(30), "ws://n/ws")
        },
        { """{"type":"reconnect","delayMs":-5}""", new ReconnectFrame(null, TimeSpan.Zero, TimeSpan.Zero, null) },
        { """{"type":"reconnect","delayMs":9e99}""", new ReconnectFrame(null, TimeSpan.Zero, TimeSpan.Zero, null) },
        { """{"type":"pong"}""", new UnknownFrame() },
        { """{"type":"news","seq":{"a":[]},"epoch":[1],"dup":{}}""", new UnknownFrame() },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Reads_the_others(string text, object frame) => Assert.Equal(frame, Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"ready\"}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"pong\"")]
    [InlineData("{\"type\":\"pong\"}x")]
    [InlineData("{\"type\":\"ok\",\"id\":\"\\ud800\"}")]
    public void Anything_else_is_no_frame(string text) => Assert.ThrowsAny<JsonException>(() => Read(text));

    [Property]
    public void Whatever_comes_is_read_or_is_no_frame(byte[] bytes)
    {
        var thrown = Record.Exception(() => FrameReader.Read(bytes));
        Assert.True(thrown is null or JsonException);
    }

    [Property]
    public bool A_sent_frame_carries_its_text(NonNull<string> id, NonNull<string> to, NonNull<string> payload)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(payload.Get);
        var frame = FrameWriter.Send(id.Get, to.Get, data, ephemeral: false);
        using var json = JsonDocument.Parse(frame);

        // Lone surrogates become U+FFFD on both ways; what .NET would make of the same text is the measure.
        return json.RootElement.GetProperty("id").GetString() == Normal(id.Get)
            && json.RootElement.GetProperty("to").GetString() == Normal(to.Get)
            && frame.AsSpan().IndexOf(data) > 0;

        static string Normal(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData(" {\"a\":[1]} ", true)]
    [InlineData("", false)]
    [InlineData("1 2", false)]
    [InlineData("{", false)]
    [InlineData("{}//", false)]
    public void Knows_json(string text, bool json) => Assert.Equal(json, FrameReader.IsJson(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Writes_open_with_a_position() =>
        Assert.Equal(
            """{"type":"open","token":"t","device":"d","resume":{"epoch":"e","seq":41}}""",
            Encoding.UTF8.GetString(FrameWriter.Open("t", "d", new Position("e", 41))));

    [Fact]
    public void Writes_open_with_a_token_only() =>
        Assert.Equal("""{"type":"open","token":"t"}""", Encoding.UTF8.GetString(FrameWriter.Open("t")));

    private static ServerFrame Read(string text) => FrameReader.Read(Encoding.UTF8.GetBytes(text));
}
