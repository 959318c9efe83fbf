using Akka.TestKit.Xunit2;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Persistence;

public sealed class StoreStateSpec : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly FakeTimeProvider _time = new();
    private readonly StoreState _store;

    public StoreStateSpec() => _store = new StoreState(_time);

    [Fact]
    public void Refused_writes_leave_reading_alone_and_reading_does_not_prove_writing()
    {
        RefuseWrites();
        Assert.False(_store.IsWell);
        for (var i = 0; i < 100; i++) Assert.True(_store.MayRead());
        _store.Read();
        Assert.False(_store.IsWell);
        _store.Wrote();
        Assert.True(_store.IsWell);
    }

    [Fact]
    public void Logs_that_cannot_be_read_do_not_prove_that_the_store_cannot()
    {
        for (var i = 0; i < 100; i++) _store.ReadFailed();
        Assert.True(_store.IsWell);
        _store.Silent(Patience);
        Assert.False(_store.IsWell);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_probe_that_waited_behind_a_crowd_proves_nothing(bool byWriting)
    {
        if (byWriting) _store.Wrote();
        else _store.Read();
        _time.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(_store.Silent(Patience));
        Assert.True(_store.IsWell);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_store.Silent(Patience));
        Assert.False(_store.IsWell);
    }

    [Fact]
    public void Writes_refused_for_their_logs_own_sake_do_not_prove_that_the_store_takes_none()
    {
        for (var i = 0; i < 100; i++)
        {
            _store.WriteFailed(new SecondWriterException("user-a", 5, 3));
            _store.WriteFailed(new AggregateException(new SecondWriterException("user-a", 5, 3)));
            _store.WriteFailed(new RedisStoreException(RedisFailureReason.WrongType, "something else stands there"));
        }
        Assert.True(_store.IsWell);
        for (var i = 0; i < StoreGate.Failures; i++) _store.WriteFailed(new RedisStoreException(RedisFailureReason.OutOfMemory, "no memory"));
        Assert.False(_store.IsWell);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_waits_is_told_once_when_a_silent_store_is_back(bool byWriting)
    {
        var (user, gone) = (CreateTestProbe(), CreateTestProbe());
        _store.Await(user);
        _store.Await(user);
        _store.Await(gone);
        _store.Forget(gone);
        // It was never found failing.
        _store.Read();
        user.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _time.Advance(Patience);

        _store.Silent(Patience);
        for (var i = 0; i < 2; i++)
        {
            if (byWriting) _store.Wrote();
            else _store.Read();
        }
        user.ExpectMsg<StoreIsBack>();
        user.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        gone.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Who_waits_is_told_when_a_full_store_takes_writes_again()
    {
        var user = CreateTestProbe();
        RefuseWrites();
        _store.Await(user);
        _store.Read();
        user.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _store.Wrote();
        user.ExpectMsg<StoreIsBack>();
    }

    [Fact]
    public void Each_failure_has_the_store_itself_asked()
    {
        var asked = 0;
        _store.WhenSuspected(() => asked++);
        _store.ReadFailed();
        _store.WriteFailed(new IOException());
        Assert.Equal(2, asked);
        _store.WhenSuspected(null);
        _store.ReadFailed();
        Assert.Equal(2, asked);
    }

    private void RefuseWrites()
    {
        for (var i = 0; i < StoreGate.Failures; i++) _store.WriteFailed(new IOException());
    }
}
