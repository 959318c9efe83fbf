using System.Text;
using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class SendingSpec
{
    [Fact]
    public async Task A_send_completes_with_its_place_in_the_log()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();

        var send = rig.Client.SendAsync("bob", """{ "a":1.0 }"""u8.ToArray(), id: "0198-17");
        var frame = await socket.FrameAsync();
        Assert.Equal("""{"type":"send","id":"0198-17","to":"bob","data":{ "a":1.0 }}""", frame.GetRawText());
        await socket.OkAsync(frame, 12);

        Assert.Equal(new SendResult("0198-17", 12, false), await send.Within());
    }

    [Fact]
    public async Task Ids_are_made_where_none_is_given()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        _ = rig.Client.SendAsync("bob", "1"u8.ToArray());
        _ = rig.Client.SendAsync("eve", "1"u8.ToArray());

        var (first, second) = ((await socket.FrameAsync()).Text("id"), (await socket.FrameAsync()).Text("id"));
        Assert.True(Guid.TryParse(first, out _));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task One_user_gets_one_after_the_other_and_others_side_by_side()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var second = rig.Client.SendAsync("bob", "2"u8.ToArray());
        _ = rig.Client.SendAsync("eve", "3"u8.ToArray());

        var toBob = await socket.FrameAsync();
        Assert.Equal((1, 3), (toBob.Number("data"), (await socket.FrameAsync()).Number("data")));
        await socket.OkAsync(toBob, 1);
        var next = await socket.FrameAsync();
        Assert.Equal(2, next.Number("data"));
        await socket.OkAsync(next, 2);
        Assert.Equal((1, 2), ((await first.Within()).Seq, (await second.Within()).Seq));
    }

    [Theory]
    [InlineData(1012)]
    [InlineData(1006)]
    public async Task A_send_without_an_answer_is_said_again_on_the_next_socket(int code)
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var second = rig.Client.SendAsync("bob", "2"u8.ToArray());
        var before = await socket.FrameAsync();
        if (code == 1006) socket.Abort();
        else await socket.CloseAsync(code);

        socket = await rig.Server.ReadyAsync();
        var again = await socket.FrameAsync();
        Assert.Equal(before.GetRawText(), again.GetRawText());
        await socket.OkAsync(again, 7, dup: true);
        Assert.Equal((7, true), ((await first.Within()).Seq, first.Result.Dup));
        await socket.OkAsync(await socket.FrameAsync(), 8);
        Assert.Equal(8, (await second.Within()).Seq);
    }

    [Fact]
    public async Task Sends_before_the_first_ready_wait_for_it()
    {
        await using var rig = await Rig.StartAsync();
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var socket = await rig.ConnectAsync();
        await socket.OkAsync(await socket.FrameAsync(), 1);
        await send.Within();
    }

    [Fact]
    public async Task A_send_that_is_to_be_repeated_waits_and_keeps_its_line()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var second = rig.Client.SendAsync("bob", "2"u8.ToArray());
        var before = await socket.FrameAsync();
        await socket.ErrAsync(before, "unavailable", retry: true, retryAfterMs: 500);

        // Another user's send goes meanwhile, and its answer shows that the error was read.
        await rig.Client.SendOverAsync(socket);
        rig.Time.Advance(TimeSpan.FromMilliseconds(500));

        var again = await socket.FrameAsync();
        Assert.Equal(before.GetRawText(), again.GetRawText());
        await socket.OkAsync(again, 1);
        await first.Within();
        await socket.OkAsync(await socket.FrameAsync(), 2);
        await second.Within();
    }

    [Fact]
    public async Task A_rate_limit_holds_everything()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var probe = rig.Client.SendEphemeralAsync("probe", "0"u8.ToArray());
        await socket.ErrAsync(await socket.FrameAsync(), "rate-limited", retry: true, retryAfterMs: 100);
        await socket.SendAsync(new { type = "ok", id = (await socket.FrameAsync()).Text("id"), sockets = 0 });
        await probe.Within();

        var second = rig.Client.SendAsync("eve", "2"u8.ToArray());
        Assert.False(second.IsCompleted);
        rig.Time.Advance(TimeSpan.FromMilliseconds(100));

        var data = new[] { await socket.FrameAsync(), await socket.FrameAsync() };
        Assert.Equal([1, 2], data.Select(frame => frame.Number("data")).Order());
        foreach (var frame in data) await socket.OkAsync(frame, 1);
        await Task.WhenAll(first, second).Within();
    }

    [Theory]
    [InlineData("forbidden")]
    [InlineData("bad-target")]
    [InlineData("id-reused")]
    [InlineData("some-new-code")]
    public async Task A_final_error_is_thrown_and_the_next_one_goes(string code)
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray(), "x");
        var second = rig.Client.SendAsync("bob", "2"u8.ToArray());
        await socket.ErrAsync(await socket.FrameAsync(), code, retry: false);

        var failed = await Assert.ThrowsAsync<SendFailedException>(() => first.Within());
        Assert.Equal((code, "x", false), (failed.Code, failed.Id, failed.Retry));
        await socket.OkAsync(await socket.FrameAsync(), 2);
        await second.Within();
    }

    [Fact]
    public async Task An_error_from_the_old_socket_does_not_fail_what_the_new_one_has()
    {
        await using var rig = await Rig.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync();
        var visit = await rig.Server.VisitAsync();
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var before = await old.FrameAsync();
        var stale = new TaskCompletionSource();
        old.AnswerClose = stale.Task;
        var young = await visit.AcceptAsync();
        await young.ReadyAsync();
        var again = await young.FrameAsync();

        await old.Closing;
        await old.ErrAsync(before, "unavailable", retry: false);
        stale.SetResult();
        await old.Closed;
        await young.OkAsync(again, 3);

        Assert.Equal(3, (await send.Within()).Seq);
    }

    [Fact]
    public async Task A_cancelled_send_is_not_said_again_and_frees_its_line()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray(), cancellationToken: cancellation.Token);
        var second = rig.Client.SendAsync("bob", "2"u8.ToArray());
        await socket.FrameAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Within());
        Assert.Equal(2, (await socket.FrameAsync()).Number("data"));
        await socket.CloseAsync(1012);
        socket = await rig.Server.ReadyAsync();
        var again = await socket.FrameAsync();
        Assert.Equal(2, again.Number("data"));
        await socket.OkAsync(again, 2);
        await second.Within();
    }

    [Fact]
    public async Task A_frame_that_the_server_closes_over_is_not_said_again()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var big = rig.Client.SendAsync("bob", Encoding.UTF8.GetBytes('"' + new string('x', 5000) + '"'));
        var small = rig.Client.SendAsync("eve", "1"u8.ToArray());
        await socket.FrameAsync();
        await socket.FrameAsync();

        await socket.CloseAsync(1009);

        var failed = await Assert.ThrowsAsync<SendFailedException>(() => big.Within());
        Assert.Equal(SendFailedException.TooLarge, failed.Code);
        socket = await rig.Server.ReadyAsync();
        await socket.OkAsync(await socket.FrameAsync(), 1);
        await small.Within();
    }

    [Fact]
    public async Task Unanswered_sends_are_bounded()
    {
        await using var rig = await Rig.StartAsync((url, time) => new AkkaSocketsClientOptions
        {
            Url = url,
            DevelopmentUser = "alice",
            TimeProvider = time,
            Jitter = () => 0,
            OutgoingCapacity = 2,
        });
        var socket = await rig.ConnectAsync();
        var first = rig.Client.SendAsync("bob", "1"u8.ToArray());
        _ = rig.Client.SendAsync("bob", "2"u8.ToArray());

        var failed = await Assert.ThrowsAsync<SendFailedException>(() => rig.Client.SendAsync("bob", "3"u8.ToArray()));
        Assert.Equal((SendFailedException.QueueFull, true), (failed.Code, failed.Retry));
        await socket.OkAsync(await socket.FrameAsync(), 1);
        await first.Within();
        _ = rig.Client.SendAsync("bob", "4"u8.ToArray());
    }

    [Fact]
    public async Task Many_sends_over_many_sockets_arrive_once_and_in_order()
    {
        await using var rig = await Rig.StartAsync();
        var sends = Enumerable.Range(0, 200)
            .Select(n => rig.Client.SendAsync("user" + (n % 7), Encoding.UTF8.GetBytes($"{n}"))).ToArray();
        var log = new Dictionary<string, List<(string Id, long Data)>>();
        var answered = new HashSet<string>();
        _ = rig.Client.StartAsync();
        while (answered.Count < 200)
        {
            var socket = await rig.Server.ReadyAsync();
            for (var frames = 1; frames <= 15 && answered.Count < 200; frames++)
            {
                var frame = await socket.FrameAsync();
                var (id, to) = (frame.Text("id")!, frame.Text("to")!);
                var entries = log.TryGetValue(to, out var found) ? found : log[to] = [];
                var known = entries.FindIndex(entry => entry.Id == id);
                if (known < 0) entries.Add((id, frame.Number("data")));

                // The last one of each socket is journaled, and its answer lost.
                if (frames == 15) break;
                await socket.OkAsync(frame, known < 0 ? entries.Count : known + 1, known >= 0);
                answered.Add(id);
            }

            await socket.CloseAsync(1012);
        }

        var results = await Task.WhenAll(sends).Within();
        Assert.Contains(results, result => result.Dup);
        Assert.Equal(200, log.Values.Sum(entries => entries.Count));
        Assert.All(log.Values, entries => Assert.Equal(entries.OrderBy(entry => entry.Data), entries));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1,2")]
    public async Task What_is_not_json_is_not_sent(string payload)
    {
        await using var rig = await Rig.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Client.SendAsync("bob", Encoding.UTF8.GetBytes(payload)));
    }

    [Fact]
    public async Task Bad_arguments_are_told()
    {
        await using var rig = await Rig.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Client.SendAsync("", "1"u8.ToArray()));
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Client.SendAsync("bob", "1"u8.ToArray(), new string('x', 129)));
        _ = rig.Client.SendAsync("bob", "1"u8.ToArray(), "same");
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Client.SendAsync("eve", "1"u8.ToArray(), "same"));
        var failed = await Assert.ThrowsAsync<SendFailedException>(
            () => rig.Client.SendAsync("bob", Encoding.UTF8.GetBytes('"' + new string('x', 65536) + '"')));
        Assert.Equal(SendFailedException.TooLarge, failed.Code);
    }
}
