using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class PersistingThePositionSpec
{
    private static AkkaSocketsClientOptions Options(Uri url, TimeProvider time, IPositionStore positions) => new()
    {
        Url = url,
        DevelopmentUser = "alice",
        Device = "phone",
        TimeProvider = time,
        Jitter = () => 0,
        AcknowledgeCount = 1,
        Positions = positions,
    };

    [Fact]
    public async Task A_saved_position_is_resumed_from()
    {
        var positions = new MemoryPositions(new Position("e1", 41));
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, positions));
        _ = rig.Client.StartAsync();

        var visit = await rig.Server.VisitAsync();
        Assert.Equal("e1/41", visit.Asked);
        var socket = await visit.AcceptAsync();
        await socket.ReadyAsync(seq: 41);
        await socket.MessageAsync(41);
        await socket.MessageAsync(42);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(42, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task It_is_saved_before_it_is_acknowledged_and_never_ahead_of_the_consumer()
    {
        var positions = new MemoryPositions();
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, positions));
        var socket = await rig.ConnectAsync();
        for (var seq = 1; seq <= 5; seq++) await socket.MessageAsync(seq);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        await messages.NextAsync();

        var (first, firstDone) = await positions.SaveAsync();
        Assert.Equal(new Position("e1", 1), first);
        await messages.NextAsync();
        await messages.NextAsync();

        // One save at a time, and nothing acknowledged before it is done: the send's frame comes first.
        Assert.False(positions.HasSave);
        await rig.Client.SendOverAsync(socket);
        firstDone.SetResult();
        Assert.Equal(1, (await socket.FrameAsync()).Number("seq"));

        var (second, secondDone) = await positions.SaveAsync();
        Assert.Equal(new Position("e1", 3), second);
        secondDone.SetResult();
        Assert.Equal(3, (await socket.FrameAsync()).Number("seq"));
    }

    [Fact]
    public async Task A_save_that_fails_is_told_and_done_again()
    {
        var positions = new MemoryPositions();
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, positions));
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        rig.Client.Acknowledge(await messages.NextAsync());
        (await positions.SaveAsync()).Done.SetException(new IOException("full"));
        Assert.Equal("full", (await rig.ErrorAsync()).Message);
        await rig.Client.SendOverAsync(socket);

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        (await positions.SaveAsync()).Done.SetResult();

        Assert.Equal(1, (await socket.FrameAsync("ack")).Number("seq"));
    }

    [Fact]
    public async Task A_position_that_cannot_be_read_fails_the_start()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        await File.WriteAllTextAsync(path, "garbage");
        try
        {
            await using var rig = await Rig.StartAsync((url, time) => Options(url, time, new FilePositionStore(path)));
            var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.StartAsync().Within());
            Assert.IsType<InvalidDataException>(stopped.InnerException);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_restarted_client_goes_on_where_the_other_ended()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        try
        {
            await using (var rig = await Rig.StartAsync(
                (url, _) => Options(url, TimeProvider.System, new FilePositionStore(path))))
            {
                var socket = await rig.ConnectAsync();
                for (var seq = 1; seq <= 3; seq++) await socket.MessageAsync(seq);
                await using var messages = rig.Client.Messages().GetAsyncEnumerator();
                for (var taken = 1; taken <= 3; taken++) await messages.NextAsync();
            }

            await using var restarted = await Rig.StartAsync(
                (url, _) => Options(url, TimeProvider.System, new FilePositionStore(path)));
            _ = restarted.Client.StartAsync();

            // The third was in hand when the first client went, so it comes again.
            Assert.Equal("e1/2", (await restarted.Server.VisitAsync()).Asked);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
