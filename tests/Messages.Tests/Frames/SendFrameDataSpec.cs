using System.Text;
using AkkaSockets.Messages.Frames;

namespace AkkaSockets.Messages.Tests.Frames;

public sealed class SendFrameDataSpec
{
    private static string DataOf(string frame, int maxDataBytes = 65_536)
    {
        var send = Assert.IsType<SendFrame>(Reading.Read(frame, maxDataBytes));
        return Encoding.UTF8.GetString(send.Data.Utf8.Span);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("1e400")]
    [InlineData("-1.50E+007")]
    [InlineData("123456789012345678901234567890.000")]
    [InlineData("\"\"")]
    [InlineData("\" a \"")]
    [InlineData("""  "\u0041\/\n\"\\é漢😀\ud83d\ude00"  """)]
    [InlineData("""  "\ud800"  """)]
    [InlineData("[]")]
    [InlineData("[ 1 ,\t2\r\n, 3 ]")]
    [InlineData("{}")]
    [InlineData("""{ "b" : 1 , "a" : 2, "b":3,"":{"data":4,"type":"ping"} }""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("{\"a\u2028\":\"<>&'+\u007f\"}")]
    public void The_data_of_a_send_is_kept_byte_for_byte(string data)
    {
        var value = data.Trim(' ');
        Assert.Equal(value, DataOf($$"""{"type":"send","id":"17","to":"bob","data":{{data}}}"""));
        Assert.Equal(value, DataOf($$"""{"data":{{data}},"type":"send","id":"17","to":"bob"}"""));
        Assert.Equal(value, DataOf("{ \"type\" : \"send\" , \"to\" : \"bob\" , \"d\\u0061ta\" \t:\r\n " + data + " \n, \"ephemeral\" : true } "));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void However_deep_it_is_nested(string open, string close)
    {
        const int Depth = 30_000;
        var data = string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth));
        Assert.Equal(data, DataOf($$"""{"type":"send","id":"17","to":"bob","data":{{data}}}""", int.MaxValue));
    }

    [Fact]
    public void It_shares_the_frames_memory()
    {
        var frame = """{"type":"send","id":"17","to":"bob","data":[1]}"""u8.ToArray();
        var send = Assert.IsType<SendFrame>(ClientFrameReader.Read(frame, 100));
        Assert.True(send.Data.Utf8.Span.Overlaps(frame));
    }

    [Theory]
    [InlineData("\"12345678\"", true)] // 10 bytes
    [InlineData("\"123456789\"", false)]
    [InlineData("\"漢漢12\"", true)]
    [InlineData("\"漢漢漢\"", false)]
    [InlineData("   \"12345678\"   ", true)] // space around it does not count
    [InlineData("[1, 2, 33]", true)] // space inside does
    [InlineData("[1,  2, 33]", false)]
    public void It_may_have_as_many_bytes_as_the_limit(string data, bool fits)
    {
        var frame = Reading.Read($$"""{"type":"send","id":"17","to":"bob","data":{{data}}}""", 10);
        if (fits) Assert.IsType<SendFrame>(frame);
        else Assert.Equal((ErrorCode.TooLarge, "17"), (Assert.IsType<InvalidFrame>(frame).Code, ((InvalidFrame)frame).Id));
    }

    [Fact]
    public void The_limit_is_for_sends_only() =>
        Assert.IsType<PingFrame>(Reading.Read("""{"type":"ping","data":"longer than ten bytes"}""", 10));
}
