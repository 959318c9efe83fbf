using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class ReceivingSpec
{
    private sealed record Note(string Text, int Number);

    [Fact]
    public async Task Messages_come_with_all_they_have()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync(seq: 41);
        await socket.MessageAsync(42, new { text = "hi", number = 7 });
        await socket.MessageAsync(null, "now");

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        var durable = await messages.NextAsync();
        Assert.Equal((42, "m42", "bob"), (durable.Seq, durable.Id, durable.From));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1790000000000), durable.Timestamp);
        Assert.Equal("""{"text":"hi","number":7}""", durable.Text());
        Assert.Equal(new Note("hi", 7), durable.Deserialize<Note>());
        var ephemeral = await messages.NextAsync();
        Assert.Equal((null, null, "\"now\""), (ephemeral.Seq, ephemeral.From, ephemeral.Text()));
    }

    [Fact]
    public async Task Repeats_are_dropped()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        foreach (var seq in new[] { 1, 1, 2, 1, 2, 3 }) await socket.MessageAsync(seq);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        foreach (var seq in new[] { 1, 2, 3 }) Assert.Equal(seq, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task A_hole_is_asked_for_again_on_another_socket()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        foreach (var seq in new[] { 1, 2, 4, 5 }) await socket.MessageAsync(seq);

        Assert.Equal(ReconnectReason.Hole, (await rig.ReconnectingAsync()).Reason);
        var visit = await rig.Server.VisitAsync();
        Assert.Equal("e1/2", visit.Asked);
        var second = await visit.AcceptAsync();
        await second.ReadyAsync(seq: 2);
        foreach (var seq in new[] { 3, 4, 5, 6 }) await second.MessageAsync(seq);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        foreach (var seq in new[] { 1, 2, 3, 4, 5, 6 }) Assert.Equal(seq, (await messages.NextAsync()).Seq);
        Assert.Equal(1000, await socket.Closed);
    }

    [Fact]
    public async Task A_gap_is_told_and_delivery_goes_on_behind_it()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        await socket.CloseAsync(1011);

        socket = await rig.Server.ReadyAsync(seq: 1, gap: true, first: 10);
        var gap = await rig.GapAsync();
        Assert.Equal((1, 10, 8), (gap.Asked, gap.First, gap.Missing));
        await socket.MessageAsync(10);
        Assert.Equal(10, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task A_log_that_began_again_is_told_and_counts_anew()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync(seq: 40);
        await socket.MessageAsync(41);
        await socket.CloseAsync(1012);

        var visit = await rig.Server.VisitAsync();
        Assert.Equal("41", visit.Query["seq"]);
        socket = await visit.AcceptAsync();
        await socket.ReadyAsync(seq: 0, epoch: "e2", resumed: false);
        var reset = await rig.ResetAsync();
        Assert.Equal((new Position("e1", 41), new Position("e2", 0)), (reset.Previous, reset.Current));
        await socket.MessageAsync(1);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(41, (await messages.NextAsync()).Seq);
        Assert.Equal(1, (await messages.NextAsync()).Seq);

        // The acknowledgement of 41 would mean another message now.
        var next = messages.MoveNextAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await socket.FrameAsync("ack")).Number("seq"));
        await socket.MessageAsync(2);
        Assert.True(await next.AsTask().Within());
    }

    [Fact]
    public async Task Unknown_frames_are_passed_over()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await socket.SendAsync(new { type = "pong" });
        await socket.SendAsync(new { type = "news", seq = 77 });
        await socket.MessageAsync(1);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(1, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task Long_messages_come_whole()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var text = new string('é', 100_000);
        await socket.MessageAsync(1, text);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(text, (await messages.NextAsync()).Deserialize<string>());
    }

    [Theory]
    [InlineData("{\"type\":")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task Broken_frames_break_the_socket_and_nothing_is_lost(string text)
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        _ = socket.SendTextAsync(text);

        Assert.Equal(1006, (await rig.ReconnectingAsync()).CloseCode);
        Assert.Equal("1", (await rig.Server.VisitAsync()).Query["seq"]);
    }

    [Fact]
    public async Task Binary_frames_break_the_socket()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        _ = socket.SendBinaryAsync();

        Assert.Equal(1006, (await rig.ReconnectingAsync()).CloseCode);
    }

    [Fact]
    public async Task One_reader_at_a_time()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await using (var first = rig.Client.Messages().GetAsyncEnumerator())
        {
            var waiting = first.MoveNextAsync();
            await using var second = rig.Client.Messages().GetAsyncEnumerator();
            await Assert.ThrowsAsync<InvalidOperationException>(() => second.MoveNextAsync().AsTask());
            await socket.MessageAsync(1);
            Assert.True(await waiting.AsTask().Within());
        }

        await socket.MessageAsync(2);
        await using var later = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(2, (await later.NextAsync()).Seq);
    }

    [Fact]
    public async Task Cancelling_ends_the_enumeration_and_not_the_client()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        await using (var first = rig.Client.Messages(cancellation.Token).GetAsyncEnumerator(CancellationToken.None))
        {
            var waiting = first.MoveNextAsync().AsTask();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());
        }

        await socket.MessageAsync(1);
        await using var later = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(1, (await later.NextAsync()).Seq);
    }
}
