using AkkaSockets.Client.Frames;
using AkkaSockets.Client.Receiving;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AkkaSockets.Client.Tests.Receiving;

public class PositionTrackerSpec
{
    [Fact]
    public void The_first_ready_says_where_to_begin()
    {
        var tracker = new PositionTracker(null);

        Assert.Equal(default, tracker.Ready(Ready(seq: 11, resumed: false)));
        Assert.Equal(new Position("e1", 11), tracker.Current);
    }

    [Theory]
    [InlineData(9, Verdict.Duplicate)]
    [InlineData(10, Verdict.Duplicate)]
    [InlineData(11, Verdict.Deliver)]
    [InlineData(12, Verdict.Hole)]
    [InlineData(long.MaxValue, Verdict.Hole)]
    public void Only_the_next_is_delivered(long seq, object verdict) =>
        Assert.Equal(verdict, At(10).Take("e1", seq));

    [Fact]
    public void Another_log_does_not_count() => Assert.Equal(Verdict.Duplicate, At(10).Take("e0", 11));

    [Fact]
    public void A_gap_is_told_and_skipped()
    {
        var tracker = At(41);

        var gap = tracker.Ready(Ready(seq: 41, gap: true, first: 60)).Gap;

        Assert.Equal((41, 60, 18), (gap!.Asked, gap.First, gap.Missing));
        Assert.Equal(new Position("e1", 59), tracker.Current);
    }

    [Fact]
    public void What_the_old_socket_brought_meanwhile_is_no_gap()
    {
        var tracker = At(70);

        Assert.Null(tracker.Ready(Ready(seq: 41, gap: true, first: 60)).Gap);
        Assert.Equal(70, tracker.Current!.Value.Seq);
    }

    [Fact]
    public void Part_of_a_gap_may_have_come_meanwhile()
    {
        var gap = At(50).Ready(Ready(seq: 41, gap: true, first: 60)).Gap;

        Assert.Equal((50, 60), (gap!.Asked, gap.First));
    }

    [Fact]
    public void A_device_that_was_forgotten_starts_later_and_is_told()
    {
        var gap = At(41).Ready(Ready(seq: 59, resumed: false)).Gap;

        Assert.Equal((41, 60), (gap!.Asked, gap.First));
    }

    [Fact]
    public void A_device_that_was_forgotten_and_starts_earlier_sees_nothing_twice()
    {
        var tracker = At(41);

        Assert.Equal(default, tracker.Ready(Ready(seq: 5, resumed: false)));
        Assert.Equal(Verdict.Duplicate, tracker.Take("e1", 6));
    }

    [Fact]
    public void Another_epoch_counts_from_its_own_seq()
    {
        var tracker = At(41);

        var reset = tracker.Ready(Ready(seq: 3, epoch: "e2", resumed: false)).Reset;

        Assert.Equal((new Position("e1", 41), new Position("e2", 3)), (reset!.Previous, reset.Current));
        Assert.Equal(Verdict.Deliver, tracker.Take("e2", 4));
    }

    [Fact]
    public void Another_epoch_may_begin_with_a_gap()
    {
        var adopted = At(41).Ready(Ready(seq: 3, epoch: "e2", resumed: false, gap: true, first: 9));

        Assert.Equal(8, adopted.Reset!.Current.Seq);
        Assert.Equal((3, 9), (adopted.Gap!.Asked, adopted.Gap.First));
    }

    [Fact]
    public void A_position_that_was_asked_and_not_given_shows_as_a_hole()
    {
        var tracker = At(41);

        Assert.Equal(default, tracker.Ready(Ready(seq: 50, resumed: true)));
        Assert.Equal(Verdict.Hole, tracker.Take("e1", 51));
    }

    /// <summary>Any mix of contiguous sockets, each resumed from what was seen when it was opened, gives 1, 2, 3...</summary>
    [Property]
    public Property Whatever_sockets_bring_each_is_delivered_once_and_in_order() =>
        Prop.ForAll(Gen.Choose(0, 9).ListOf().ToArbitrary(), steps =>
        {
            var tracker = new PositionTracker(null);
            tracker.Ready(Ready(seq: 0));
            long old = 0, young = 0, delivered = 0;
            foreach (var step in steps)
            {
                if (step == 0) (old, young) = (young, tracker.Current!.Value.Seq);
                var seq = step % 2 == 0 ? ++old : ++young;
                switch (tracker.Take("e1", seq))
                {
                    case Verdict.Deliver when seq == delivered + 1:
                        delivered++;
                        break;
                    case Verdict.Duplicate when seq <= delivered:
                        break;
                    default:
                        return false;
                }
            }

            return true;
        });

    private static PositionTracker At(long seq) => new(new Position("e1", seq));

    private static ReadyFrame Ready(
        long seq, string epoch = "e1", bool resumed = true, bool gap = false, long first = 1) =>
        new("alice", "phone", epoch, seq, 99, resumed, gap, first, null, null);
}
