using Akka.TestKit.Xunit2;
using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class AttachTurnsSpec() : TestKit(TestConfig.Hocon)
{
    private readonly AttachTurns _turns = new(2);

    [Fact]
    public void So_many_go_at_once_and_the_next_in_line_when_one_is_done()
    {
        var turns = Enumerable.Range(0, 4).Select(_ => _turns.Take(TestActor)).ToList();
        Assert.Equal([true, true, false, false], turns.Select(turn => turn.HasCome));
        _turns.Return(turns[0]);
        Assert.Same(turns[2], ExpectMsg<AttachTurnCame>().Turn);
        _turns.Return(turns[2]);
        Assert.Same(turns[3], ExpectMsg<AttachTurnCame>().Turn);
        foreach (var turn in turns) _turns.Return(turn);
        Assert.True(_turns.Take(TestActor).HasCome && _turns.Take(TestActor).HasCome);
        Assert.False(_turns.Take(TestActor).HasCome);
    }

    [Fact]
    public void A_turn_given_back_twice_is_one()
    {
        var (one, other) = (_turns.Take(TestActor), _turns.Take(TestActor));
        _turns.Return(one);
        _turns.Return(one);
        Assert.True(_turns.Take(TestActor).HasCome);
        Assert.False(_turns.Take(TestActor).HasCome);
        _turns.Return(other);
        ExpectMsg<AttachTurnCame>();
    }

    [Fact]
    public void Who_leaves_the_line_is_passed_over()
    {
        var turns = Enumerable.Range(0, 4).Select(_ => _turns.Take(TestActor)).ToList();
        _turns.Return(turns[2]);
        _turns.Return(turns[1]);
        Assert.Same(turns[3], ExpectMsg<AttachTurnCame>().Turn);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }
}
