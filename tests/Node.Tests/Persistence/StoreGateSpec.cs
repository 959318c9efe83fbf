using AkkaSockets.Node.Persistence;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Persistence;

public sealed class StoreGateSpec
{
    private readonly FakeTimeProvider _time = new();
    private readonly StoreGate _gate;

    public StoreGateSpec() => _gate = new StoreGate(_time);

    [Fact]
    public void Failures_among_successes_leave_it_open()
    {
        for (var i = 0; i < 10; i++)
        {
            for (var failure = 1; failure < StoreGate.Failures; failure++) Assert.False(_gate.Failed());
            Assert.False(_gate.Succeeded());
        }
        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void Failures_in_a_row_shut_it_and_then_one_passes_now_and_then()
    {
        Shut();
        Assert.False(_gate.IsOpen);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(_gate.TryPass());
            Assert.False(_gate.TryPass());
            _time.Advance(StoreGate.TrialEvery - TimeSpan.FromMilliseconds(1));
            Assert.False(_gate.TryPass());
            Assert.False(_gate.Failed());
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void One_success_opens_it_for_all_and_says_so_once()
    {
        Shut();
        Assert.True(_gate.Succeeded());
        Assert.False(_gate.Succeeded());
        for (var i = 0; i < 100; i++) Assert.True(_gate.TryPass());
    }

    [Fact]
    public void Shut_by_hand_it_opens_like_any_other()
    {
        Assert.True(_gate.Shut());
        Assert.False(_gate.Shut());
        Assert.False(_gate.IsOpen);
        Assert.True(_gate.Succeeded());
        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void What_nobody_has_confirmed_for_long_is_forgotten()
    {
        Shut();
        _time.Advance(StoreGate.ForgottenAfter - TimeSpan.FromSeconds(1));
        Assert.False(_gate.IsOpen);
        _gate.Failed();
        _time.Advance(StoreGate.ForgottenAfter - TimeSpan.FromSeconds(1));
        Assert.False(_gate.IsOpen);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_gate.IsOpen);
        // It counts anew.
        Shut();
        Assert.False(_gate.IsOpen);
    }

    [Fact]
    public async Task Of_many_who_try_at_once_one_passes()
    {
        Shut();
        var passed = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(_gate.TryPass)));
        Assert.Single(passed, pass => pass);
    }

    private void Shut()
    {
        for (var failure = 1; failure < StoreGate.Failures; failure++) Assert.False(_gate.Failed());
        Assert.True(_gate.Failed());
    }
}
