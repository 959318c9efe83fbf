using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Frames;

/// <summary>What each frame may hold and must hold.</summary>
public sealed class ClientFrameFieldsSpec
{
    /// <summary>JSON values by kind, to stand where another kind belongs.</summary>
    private const string Null = "null", True = "true", Number = "1", Text = "\"x\"", Array = "[1]", Object = """{"a":{"b":1}}""";

    [Theory]
    [InlineData("0", 0)]
    [InlineData("44", 44)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void An_ack_has_a_whole_number(string seq, long expected) => Assert.Equal(new AckFrame(expected), Reading.Read($$"""{"type":"ack","seq":{{seq}}}"""));

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e400")]
    [InlineData("9223372036854775808")]
    [InlineData("\"44\"")]
    [InlineData(Null)]
    [InlineData(True)]
    [InlineData(Array)]
    [InlineData(Object)]
    public void An_ack_of_anything_else_is_a_bad_frame(string seq) => Reading.Refused($$"""{"type":"ack","seq":{{seq}}}""");

    [Fact]
    public void An_ack_needs_its_seq() => Reading.Refused("""{"type":"ack"}""");

    [Theory]
    [InlineData("""{"type":"send","id":"17","to":"bob","data":{"a":1}}""", false)]
    [InlineData("""{"data":{"a":1},"to":"b\u006fb","id":"1\u0037","ephemeral":false,"type":"send"}""", false)]
    [InlineData("""{"type":"send","id":"17","to":"bob","data":{"a":1},"ephemeral":true}""", true)]
    public void A_send_is_read(string frame, bool ephemeral) =>
        Assert.Equal(new SendFrame(MessageId.Parse("17"), UserId.Parse("bob"), JsonData.FromString("""{"a":1}"""), ephemeral), Reading.Read(frame));

    [Fact]
    public void An_ephemeral_send_needs_no_id()
    {
        var send = Assert.IsType<SendFrame>(Reading.Read("""{"type":"send","to":"bob","data":1,"ephemeral":true}"""));
        Assert.True(send is { Ephemeral: true, Id.IsNone: true });
    }

    [Theory]
    [InlineData("""{"type":"send","to":"bob","data":1}""")]
    [InlineData("""{"type":"send","to":"bob","data":1,"ephemeral":false}""")]
    public void A_durable_send_needs_an_id(string frame) => Reading.Refused(frame, ErrorCode.IdRequired);

    [Theory]
    [InlineData("")]
    [InlineData(",\"ephemeral\":true")]
    public void A_send_needs_data(string more) => Assert.Equal("17", Reading.Refused($$"""{"type":"send","id":"17","to":"bob"{{more}}}""").Id);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData(Null)]
    [InlineData(True)]
    [InlineData(Number)]
    [InlineData(Array)]
    [InlineData(Object)]
    public void An_id_is_a_text_of_1_to_128_characters(string id)
    {
        Reading.Refused($$"""{"type":"send","id":{{id}},"to":"bob","data":1}""");
        Reading.Refused($$"""{"type":"send","id":{{id}},"to":"bob","data":1,"ephemeral":true}""");
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void An_id_may_be_128_characters_long(int length, bool valid)
    {
        var frame = Reading.Read($$"""{"type":"send","id":"{{new string('漢', length)}}","to":"bob","data":1}""");
        Assert.Equal(valid, frame is SendFrame);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"to\":\"\"")]
    [InlineData(",\"to\":\"a b\"")]
    [InlineData(",\"to\":\"a\\u0000\"")]
    [InlineData(",\"to\":\"\\n\"")]
    public void A_target_that_is_no_user_is_told(string to) => Assert.Equal("17", Reading.Refused($$"""{"type":"send","id":"17","data":1{{to}}}""", ErrorCode.BadTarget).Id);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData(Null)]
    [InlineData(True)]
    [InlineData(Number)]
    [InlineData(Array)]
    [InlineData(Object)]
    public void A_target_that_is_no_text_is_a_bad_frame(string to) => Assert.Equal("17", Reading.Refused($$"""{"type":"send","id":"17","data":1,"to":{{to}}}""").Id);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_target_may_be_128_characters_long(int length, bool valid)
    {
        var frame = Reading.Read($$"""{"type":"send","id":"17","to":"{{new string('x', length)}}","data":1}""");
        Assert.Equal(valid, frame is SendFrame);
    }

    [Theory]
    [InlineData(Null)]
    [InlineData("\"true\"")]
    [InlineData(Number)]
    [InlineData(Array)]
    [InlineData(Object)]
    public void What_is_neither_true_nor_false_makes_no_message_durable(string ephemeral)
    {
        Reading.Refused($$"""{"type":"send","id":"17","to":"bob","data":1,"ephemeral":{{ephemeral}}}""");
        Reading.Refused($$"""{"token":1,"seq":"x","type":"send","id":"17","to":"bob","data":1,"ephemeral":{{ephemeral}}}""");
    }

    [Theory]
    [InlineData("""{"type":"open","token":"t"}""", null, false)]
    [InlineData("""{"resume":{"seq":41,"x":[{}],"epoch":"e"},"device":"phone","token":"t","type":"open"}""", "phone", true)]
    [InlineData("""{"type":"open","token":"t","device":"~0a"}""", "~0a", false)]
    [InlineData("""{"type":"open","token":"t","resume":{"epoch":"\u0065","seq":41}}""", null, true)]
    public void An_open_is_read(string frame, string? device, bool resumes) => Assert.Equal(
        new OpenFrame("t", device is null ? null : DeviceId.Parse(device), resumes ? new ResumePoint("e", 41) : null),
        Reading.Read(frame));

    [Theory]
    [InlineData("")]
    [InlineData(",\"token\":null")]
    [InlineData(",\"token\":1")]
    [InlineData(",\"token\":\"\\ud800\"")]
    [InlineData(",\"token\":{}")]
    public void An_open_needs_a_token(string token) => Reading.Refused($$"""{"type":"open"{{token}}}""");

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"a b\"")]
    [InlineData("\"\\u0007\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"12345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData(Null)]
    [InlineData(Number)]
    [InlineData(Array)]
    [InlineData(Object)]
    public void A_device_that_is_none_does_not_become_one_that_the_server_names(string device)
    {
        Reading.Refused($$"""{"type":"open","token":"t","device":{{device}}}""");
        Reading.Refused($$"""{"id":1,"seq":"x","type":"open","token":"t","device":{{device}}}""");
    }

    [Theory]
    [InlineData("""{"epoch":"e"}""")]
    [InlineData("""{"seq":41}""")]
    [InlineData("{}")]
    [InlineData("""{"epoch":"","seq":41}""")]
    [InlineData("""{"epoch":1,"seq":41}""")]
    [InlineData("""{"epoch":null,"seq":41}""")]
    [InlineData("""{"epoch":"\ud800","seq":41}""")]
    [InlineData("""{"epoch":"e","seq":-1}""")]
    [InlineData("""{"epoch":"e","seq":"41"}""")]
    [InlineData("""{"epoch":"e","seq":1.5}""")]
    [InlineData("""{"epoch":"e","seq":{}}""")]
    [InlineData("""["e",41]""")]
    [InlineData(Null)]
    [InlineData(True)]
    [InlineData(Number)]
    [InlineData(Text)]
    public void Where_to_resume_is_an_epoch_with_a_seq(string resume)
    {
        Reading.Refused($$"""{"type":"open","token":"t","resume":{{resume}}}""");
        Reading.Refused($$"""{"id":1,"type":"open","token":"t","resume":{{resume}}}""");
    }

    [Theory]
    [InlineData("""{"type":"ping","seq":"x","id":1,"to":2,"resume":3,"ephemeral":4,"token":5,"device":6}""")]
    [InlineData("""{"type":"ack","seq":1,"id":1,"to":2,"resume":3,"ephemeral":4,"token":5,"device":6}""")]
    [InlineData("""{"type":"send","id":"17","to":"bob","data":1,"seq":"x","resume":3,"token":5,"device":6}""")]
    [InlineData("""{"type":"open","token":"t","seq":"x","id":1,"to":2,"ephemeral":4}""")]
    public void What_belongs_to_another_frame_is_unknown_and_ignored(string frame) => Assert.IsNotType<InvalidFrame>(Reading.Read(frame));
}
