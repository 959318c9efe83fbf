using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests;

public sealed class StreamingSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync();

    public async Task DisposeAsync() => await _member.DisposeAsync();

    [Theory]
    [InlineData("test tail", "event 2")]
    [InlineData("test tail --json", "{\"at\":\"2026-09-21T14:13:20.002Z\",\"event\":\"event 2\"}")]
    public async Task What_happens_is_written_as_it_happens_until_the_user_ends_it(string args, string awaited)
    {
        using var stop = new CommandStop();
        using var output = new SignallingWriter { Awaited = awaited };
        var running = PbmRun.OfAsync([_member.Address, .. args.Split(' ')], output, stop: stop);

        await output.Found;
        Assert.True(stop.Cancel());
        var run = await running;

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Equal("", run.Error);
        await _member.Palette.TailEnded.Task.WaitAsync(PbmRun.Patience);
    }

    [Fact]
    public async Task A_member_that_stops_ends_it_with_1()
    {
        using var output = new SignallingWriter { Awaited = "event 1" };
        var running = PbmRun.OfAsync([_member.Address, "test", "tail"], output);
        await output.Found;

        await _member.DisposeAsync();
        var run = await running;

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("node-1 stops.", run.Error, StringComparison.Ordinal);
    }
}
