using System.Text;
using System.Text.Json;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Frames;

/// <summary>The exact bytes of each frame.</summary>
public sealed class ServerFrameWriterSpec
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly UserId Bob = UserId.Parse("bob");
    private static readonly MessageId Id = MessageId.Parse("0198c2-17");
    private static readonly JsonData Data = JsonData.FromString("""{ "a":1 }""");

    private static void Check(string expected, ReadOnlyMemory<byte> frame) => Assert.Equal(expected, Encoding.UTF8.GetString(frame.Span));

    [Fact]
    public void Hello() => Check("""{"type":"hello","v":1}""", ServerFrameWriter.Hello);

    [Fact]
    public void Pong() => Check("""{"type":"pong"}""", ServerFrameWriter.Pong);

    [Fact]
    public void Ready_names_a_url_only_where_there_is_one()
    {
        var ready = new ReadyFrame(Alice, DeviceId.Parse("phone"), "e-1", 41, 44, 12, Resumed: true, Gap: false, "node-a:4054", "ws://node-a:8080/ws");
        Check(
            """{"type":"ready","user":"alice","device":"phone","epoch":"e-1","seq":41,"head":44,"resumed":true,"gap":false,"first":12,"node":"node-a:4054","url":"ws://node-a:8080/ws"}""",
            ServerFrameWriter.Ready(ready));
        Check(
            """{"type":"ready","user":"alice","device":"phone","epoch":"e-1","seq":41,"head":44,"resumed":false,"gap":true,"first":12,"node":"node-a:4054"}""",
            ServerFrameWriter.Ready(ready with { Resumed = false, Gap = true, Url = null }));
    }

    [Fact]
    public void A_message_names_its_sender_unless_that_is_a_backend()
    {
        var message = new LogMessage(42, Id, Bob, 1_790_000_000_000, Data);
        Check("""{"type":"msg","seq":42,"id":"0198c2-17","from":"bob","ts":1790000000000,"data":{ "a":1 }}""", ServerFrameWriter.Message(message));
        Check("""{"type":"msg","seq":42,"id":"0198c2-17","ts":1790000000000,"data":{ "a":1 }}""", ServerFrameWriter.Message(message with { From = null }));
    }

    [Fact]
    public void An_ephemeral_message_has_no_seq_and_an_id_only_where_the_sender_gave_one()
    {
        var message = new DeliverEphemeral(Id, Bob, 1_790_000_000_000, Data);
        Check("""{"type":"msg","id":"0198c2-17","from":"bob","ts":1790000000000,"data":{ "a":1 }}""", ServerFrameWriter.Ephemeral(message));
        Check("""{"type":"msg","ts":1790000000000,"data":{ "a":1 }}""", ServerFrameWriter.Ephemeral(message with { Id = default, From = null }));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-0.0")]
    [InlineData("\"<>&'\\/\\u0041\\ud800é漢😀\u2028\"")]
    [InlineData("{ \"b\" : 1,\t\"a\":[ ],\r\n\"b\":2 }")]
    public void Data_is_written_as_it_came(string data)
    {
        var message = new LogMessage(1, Id, null, 0, JsonData.FromString(data));
        Check($$"""{"type":"msg","seq":1,"id":"0198c2-17","ts":0,"data":{{data}}}""", ServerFrameWriter.Message(message));
    }

    [Fact]
    public void So_is_data_that_is_nested_deeply()
    {
        var data = new string('[', 30_000) + new string(']', 30_000);
        Check($$"""{"type":"msg","ts":0,"data":{{data}}}""", ServerFrameWriter.Ephemeral(new DeliverEphemeral(default, null, 0, JsonData.FromString(data))));
    }

    [Fact]
    public void What_a_client_sends_is_what_another_gets()
    {
        const string Text = """{"a" : [1.0, 1e400, "\u00e9\ud83d"], "a":{} }""";
        var send = Assert.IsType<SendFrame>(Reading.Read($$"""{"type":"send","id":"1","to":"bob","data": {{Text}} }"""));
        Check($$"""{"type":"msg","seq":1,"id":"1","from":"alice","ts":0,"data":{{Text}}}""", ServerFrameWriter.Message(new LogMessage(1, send.Id, Alice, 0, send.Data)));
    }

    [Fact]
    public void A_durable_send_is_answered_with_its_seq()
    {
        Check("""{"type":"ok","id":"0198c2-17","seq":12,"dup":false}""", ServerFrameWriter.Ok(new MessageAccepted(Id, 12, Duplicate: false)));
        Check("""{"type":"ok","id":"0198c2-17","seq":12,"dup":true}""", ServerFrameWriter.Ok(new MessageAccepted(Id, 12, Duplicate: true)));
    }

    [Fact]
    public void An_ephemeral_send_is_answered_with_the_sockets_it_reached()
    {
        Check("""{"type":"ok","id":"0198c2-17","sockets":2}""", ServerFrameWriter.Ok(new EphemeralDelivered(Id, 2)));
        Check("""{"type":"ok","sockets":0}""", ServerFrameWriter.Ok(new EphemeralDelivered(default, 0)));
    }

    [Theory]
    [InlineData(ErrorCode.BadFrame, """{"type":"err","id":"17","code":"bad-frame","message":"m","retry":false}""")]
    [InlineData(ErrorCode.UnknownType, """{"type":"err","id":"17","code":"unknown-type","message":"m","retry":false}""")]
    [InlineData(ErrorCode.TooLarge, """{"type":"err","id":"17","code":"too-large","message":"m","retry":false}""")]
    [InlineData(ErrorCode.RateLimited, """{"type":"err","id":"17","code":"rate-limited","message":"m","retry":true,"retryAfterMs":250}""")]
    [InlineData(ErrorCode.BadTarget, """{"type":"err","id":"17","code":"bad-target","message":"m","retry":false}""")]
    [InlineData(ErrorCode.Forbidden, """{"type":"err","id":"17","code":"forbidden","message":"m","retry":false}""")]
    [InlineData(ErrorCode.IdReused, """{"type":"err","id":"17","code":"id-reused","message":"m","retry":false}""")]
    [InlineData(ErrorCode.Unavailable, """{"type":"err","id":"17","code":"unavailable","message":"m","retry":true,"retryAfterMs":250}""")]
    [InlineData(ErrorCode.IdRequired, """{"type":"err","id":"17","code":"id-required","message":"m","retry":false}""")]
    public void An_error_says_when_to_repeat_only_where_that_can_help(ErrorCode code, string expected)
    {
        Check(expected, ServerFrameWriter.Error(code, "m", "17", 250));
        Check(expected.Replace(",\"id\":\"17\"", ""), ServerFrameWriter.Error(code, "m", null, 250));
    }

    [Fact]
    public void A_repeat_waits_half_a_second_unless_said_otherwise() =>
        Check("""{"type":"err","code":"unavailable","message":"m","retry":true,"retryAfterMs":500}""", ServerFrameWriter.Error(ErrorCode.Unavailable, "m", null));

    [Theory]
    [InlineData(ReconnectReason.Rebalance, "rebalance")]
    [InlineData(ReconnectReason.Drain, "drain")]
    [InlineData(ReconnectReason.Admin, "admin")]
    public void A_reconnect_names_a_url_only_where_there_is_one(ReconnectReason reason, string text)
    {
        Check(
            $$"""{"type":"reconnect","reason":"{{text}}","delayMs":1830,"graceMs":30000,"url":"ws://b/ws"}""",
            ServerFrameWriter.Reconnect(reason, 1_830, 30_000, "ws://b/ws"));
        Check($$"""{"type":"reconnect","reason":"{{text}}","delayMs":0,"graceMs":0}""", ServerFrameWriter.Reconnect(reason, 0, 0, null));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\",\"admin\":true,\"x\":\"")]
    [InlineData("\0\u0001\u001f\u007f\b\t\n\f\r")]
    [InlineData("\u2028\u2029\u0085\ufeff")]
    [InlineData("</script><!--&'+`")]
    [InlineData("é漢😀")]
    public void Texts_are_escaped_so_that_they_are_read_as_they_were(string text)
    {
        var frame = ServerFrameWriter.Message(new LogMessage(1, MessageId.Parse(text), null, 0, Data));
        using var json = JsonDocument.Parse(frame);
        Assert.Equal(text, json.RootElement.GetProperty("id").GetString());
        Assert.Equal(5, json.RootElement.EnumerateObject().Count());
        using var error = JsonDocument.Parse(ServerFrameWriter.Error(ErrorCode.BadFrame, text, text));
        Assert.Equal((text, text), (error.RootElement.GetProperty("id").GetString(), error.RootElement.GetProperty("message").GetString()));
    }

    [Fact]
    public void A_frame_has_no_line_breaks_of_its_own_and_only_valid_utf8() =>
        Assert.All(
            new[] { ServerFrameWriter.Error(ErrorCode.BadFrame, "a\r\nb\ud800", "\n"), ServerFrameWriter.Reconnect(ReconnectReason.Drain, 1, 1, "\u0000") },
            frame =>
            {
                Assert.DoesNotContain((byte)'\n', frame.ToArray());
                Assert.NotNull(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(frame.Span));
            });
}
