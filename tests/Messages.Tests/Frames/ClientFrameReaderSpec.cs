using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Tests.Frames;

/// <summary>A frame as JSON; what its properties mean is in <see cref="ClientFrameFieldsSpec"/>.</summary>
public sealed class ClientFrameReaderSpec
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("""{"type":"ping" """)]
    [InlineData("""{"type":"ping",}""")]
    [InlineData("""{"type" "ping"}""")]
    [InlineData("""{type:"ping"}""")]
    [InlineData("""{'type':'ping'}""")]
    [InlineData("""{"type":"ping"} // comment""")]
    [InlineData("""/* comment */{"type":"ping"}""")]
    [InlineData("""{"type":"ping","x":01}""")]
    [InlineData("""{"type":"ping","x":NaN}""")]
    [InlineData("""{"type":"ping","x":"\q"}""")]
    [InlineData("""{"type":"ping","x":"\u12"}""")]
    [InlineData("{\"type\":\"ping\",\"x\":\"a\nb\"}")]
    [InlineData("""{"type":"ping","x":[}]}""")]
    public void What_is_not_JSON_is_a_bad_frame(string frame) => Reading.Refused(frame);

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"type":"ping"}]""")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"ping\"")]
    [InlineData("true")]
    public void What_is_not_an_object_is_a_bad_frame(string frame) => Reading.Refused(frame);

    [Theory]
    [InlineData("""{"type":"ping"}x""")]
    [InlineData("""{"type":"ping"}{"type":"ping"}""")]
    [InlineData("""{"type":"ping"},""")]
    [InlineData("""{"type":"ping"}]""")]
    [InlineData("{\"type\":\"ping\"}\0")]
    public void A_frame_ends_with_its_object(string frame) => Reading.Refused(frame);

    [Fact]
    public void A_byte_order_mark_is_not_JSON() => Reading.Refused("\ufeff{\"type\":\"ping\"}");

    [Theory]
    [InlineData(" \r\n\t{ \"type\" : \"ping\" } \r\n\t")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"\u0074ype":"p\u0069ng"}""")]
    public void White_space_and_escapes_change_nothing(string frame) => Assert.Same(PingFrame.Instance, Reading.Read(frame));

    [Theory]
    [InlineData("""{"x":1,"type":"ping"}""")]
    [InlineData("""{"x":{"type":"ack","y":[{"z":null}]},"type":"ping","y":[[],{}],"z":1e400}""")]
    [InlineData("""{"type":"ping","Type":"ack","TYPE":1,"type ":2,"":3}""")]
    [InlineData("""{"epoch":1,"type":"ping"}""")]
    public void Unknown_properties_are_ignored(string frame) => Assert.Same(PingFrame.Instance, Reading.Read(frame));

    [Theory]
    [InlineData("""{"\ud800":1,"type":"ping"}""")]
    [InlineData("""{"typ\udc00":{"\ud83d":[]},"type":"ping"}""")]
    [InlineData("""{"x":"\ud800","type":"ping"}""")]
    public void So_are_those_whose_names_or_values_are_not_Unicode(string frame) => Assert.Same(PingFrame.Instance, Reading.Read(frame));

    [Fact]
    public void So_are_those_that_are_nested_deeply()
    {
        var nested = new string('[', 30_000) + new string(']', 30_000);
        Assert.Same(PingFrame.Instance, Reading.Read($$"""{"x":{{nested}},"type":"ping"}"""));
    }

    [Fact]
    public void A_nesting_that_is_not_closed_is_a_bad_frame() => Reading.Refused("""{"type":"ping","x":""" + new string('[', 60_000));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"x":1}""")]
    [InlineData("""{"id":"1","to":"bob","data":1}""")]
    public void A_frame_needs_a_type(string frame) => Reading.Refused(frame);

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("""["ping"]""")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("\"\\ud800\"")]
    public void The_type_is_a_text(string type) => Reading.Refused($$"""{"type":{{type}}}""");

    [Theory]
    [InlineData("")]
    [InlineData("Ping")]
    [InlineData("ping ")]
    [InlineData("pong")]
    [InlineData("hello")]
    [InlineData("漢")]
    public void Another_type_is_unknown(string type) => Reading.Refused($$"""{"type":"{{type}}"}""", ErrorCode.UnknownType);

    [Fact]
    public void Of_two_properties_with_one_name_the_later_counts()
    {
        Assert.Equal(new AckFrame(2), Reading.Read("""{"type":"ping","seq":1,"type":"ack","seq":2}"""));
        var send = Assert.IsType<SendFrame>(Reading.Read("""{"type":"send","id":"1","id":"2","to":"a","to":"b","data":1,"data":2}"""));
        Assert.Equal(new SendFrame(MessageId.Parse("2"), UserId.Parse("b"), JsonData.FromString("2"), Ephemeral: false), send);
    }

    [Theory]
    [InlineData("""{"type":"dance","id":"17"}""", "17")]
    [InlineData("""{"id":"17"}""", "17")]
    [InlineData("""{"id":"17","type":1}""", "17")]
    [InlineData("""{"type":"send","to":"bob","id":"17"}""", "17")]
    [InlineData("""{"type":"send","to":1,"data":1,"id":"17"}""", "17")]
    [InlineData("""{"type":"send","to":"","data":1,"id":"17"}""", "17")]
    [InlineData("""{"type":"send","to":"bob","data":1,"ephemeral":1,"id":"1\u0037"}""", "17")]
    [InlineData("""{"type":"send","to":"bob","id":17}""", null)]
    [InlineData("""{"type":"send","to":"bob"}""", null)]
    [InlineData("""{"type":"send","to":"bob","id":""}""", null)]
    [InlineData("""{"type":"send","to":"bob","id":"17" """, null)]
    public void What_is_wrong_is_answered_with_the_frames_id(string frame, string? id) => Assert.Equal(id, Assert.IsType<InvalidFrame>(Reading.Read(frame)).Id);

    [Fact]
    public void An_id_that_is_none_is_not_answered_however_long_it_is()
    {
        var id = new string('x', 60_000);
        Assert.Null(Reading.Refused($$"""{"type":"send","to":"bob","data":1,"id":"{{id}}"}""").Id);
        Assert.Null(Reading.Refused($$"""{"type":"dance","id":"{{id}}"}""", ErrorCode.UnknownType).Id);
    }
}
