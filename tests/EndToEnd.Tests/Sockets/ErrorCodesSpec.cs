using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

/// <summary>Every error code but <c>unavailable</c>, which <see cref="WithoutTheStoreSpec"/> has.</summary>
public sealed class ErrorCodesSpec(ErrorCodesSpec.Shared shared, ITestOutputHelper log) : SharedNodeSpec(shared, log), IClassFixture<ErrorCodesSpec.Shared>
{
    private const int Burst = 40;
    private static readonly string TooLong = new('x', 129);

    public static TheoryData<string, string, string?> Wrong => new()
    {
        { "not JSON", "bad-frame", null },
        { "", "bad-frame", null },
        { "[]", "bad-frame", null },
        { "{}", "bad-frame", null },
        { """{"type":"ping"} {}""", "bad-frame", null },
        { """{"type":"ping"}x""", "bad-frame", null },
        { """{"type":7}""", "bad-frame", null },
        { """{"type":"ack"}""", "bad-frame", null },
        { """{"type":"ack","seq":-1}""", "bad-frame", null },
        { """{"type":"ack","seq":"1"}""", "bad-frame", null },
        { """{"type":"ack","seq":1.5}""", "bad-frame", null },
        { """{"type":"open"}""", "bad-frame", null },
        { """{"type":"open","token":1}""", "bad-frame", null },
        { """{"type":"send","id":"a","to":"bob"}""", "bad-frame", "a" },
        { """{"type":"send","id":1,"to":"bob","data":1}""", "bad-frame", null },
        { """{"type":"send","id":"a","to":1,"data":1}""", "bad-frame", "a" },
        { """{"type":"send","id":"a","to":"bob","data":1,"ephemeral":"yes"}""", "bad-frame", "a" },
        { """{"type":"send","id":"","to":"bob","data":1}""", "bad-frame", null },
        { $$"""{"type":"send","id":"{{TooLong}}","to":"bob","data":1}""", "bad-frame", null },
        { """{"type":"hello"}""", "unknown-type", null },
        { """{"type":"Ping"}""", "unknown-type", null },
        { """{"type":"dance","id":"a"}""", "unknown-type", "a" },
        { """{"type":"send","to":"bob","data":1}""", "id-required", null },
        { """{"type":"send","id":"a","to":"b o b","data":1}""", "bad-target", "a" },
        { """{"type":"send","id":"a","to":"","data":1}""", "bad-target", "a" },
        { """{"type":"send","id":"a","data":1}""", "bad-target", "a" },
        { $$"""{"type":"send","id":"a","to":"{{TooLong}}","data":1}""", "bad-target", "a" },
        { """{"type":"send","id":"a","to":"b\u0000b","data":1,"ephemeral":true}""", "bad-target", "a" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_frame_gets_its_error_and_the_socket_goes_on(string frame, string code, string? id)
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.SendAsync(frame);
        AssertError(await socket.ReadAsync(), code, id, retry: false);
        await socket.SendAsync("""{"type":"ping"}""");
        await socket.ReadAsync("pong");
        await socket.CloseAsync();
    }

    [Fact]
    public async Task Data_over_the_limit_is_too_large_and_data_at_the_limit_is_not()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.SendAsync(FrameText.Send(User, "large", $"\"{new string('x', 65_535)}\""));
        AssertError(await socket.ReadAsync(), "too-large", "large", retry: false);
        await socket.SendAsync(FrameText.Send(User, "fits", $"\"{new string('x', 65_534)}\""));
        var frames = new[] { await socket.ReadAsync(), await socket.ReadAsync() };
        Assert.Contains(frames, frame => frame.Text("type") == "ok");
        Assert.Contains(frames, frame => frame.Text("type") == "msg" && frame.Data().Length == 65_536);
        await socket.CloseAsync();
    }

    [Fact]
    public async Task The_same_id_with_other_data_is_refused_and_with_the_same_data_is_a_repeat()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        var to = $"{User}-friend";
        foreach (var (data, dup) in ((string, bool)[])[("1", false), ("1", true)])
        {
            await socket.SendAsync(FrameText.Send(to, "same", data));
            var ok = await socket.ReadAsync("ok");
            Assert.Equal((1, dup), (ok.Number("seq"), ok.Flag("dup")));
        }
        await socket.SendAsync(FrameText.Send(to, "same", "2"));
        AssertError(await socket.ReadAsync(), "id-reused", "same", retry: false);
        Assert.Equal(1, (await Node.Backend.DescribeAsync(to)).Number("head"));
        await socket.CloseAsync();
    }

    [Fact]
    public async Task Frames_above_the_rate_are_refused_with_a_time_to_wait_and_the_socket_goes_on()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        // Not twice the burst, which would be abuse.
        const int Frames = Burst + (Burst / 2);
        for (var i = 0; i < Frames; i++) await socket.SendAsync(FrameText.Send($"{User}-friend", $"m-{i}"));
        var answers = new List<JsonElement>();
        while (answers.Count < Frames) answers.Add(await socket.ReadAsync());
        var refused = answers.Where(answer => answer.Text("type") == "err").ToList();
        Assert.InRange(refused.Count, 1, Burst / 2);
        Assert.All(refused, answer => AssertError(answer, "rate-limited", answer.Text("id"), retry: true));
        Assert.Equal(Frames - refused.Count, answers.Count(answer => answer.Text("type") == "ok"));
        await socket.CloseAsync();
    }

    internal static void AssertError(JsonElement frame, string code, string? id, bool retry)
    {
        Assert.Equal(("err", code, retry), (frame.Text("type"), frame.Text("code"), frame.Flag("retry")));
        Assert.NotEmpty(frame.Text("message"));
        Assert.Equal(id is not null, frame.Has("id"));
        if (id is not null) Assert.Equal(id, frame.Text("id"));
        Assert.Equal(retry, frame.Has("retryAfterMs"));
        if (retry) Assert.InRange(frame.Number("retryAfterMs"), 1, 60_000);
    }

    // So slow that a busy machine is no slower.
    public sealed class Shared() : SharedNode(("Limits:FramesPerSecond", 1), ("Limits:FrameBurst", Burst));
}
