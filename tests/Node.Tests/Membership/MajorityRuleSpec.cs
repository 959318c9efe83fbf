using AkkaSockets.Node.Membership;
using FsCheck;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Membership;

public sealed class MajorityRuleSpec
{
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(5);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Member 0 is this one; each of the others was heard at its second, or never (null).</summary>
    private static TimeSpan Until(params int?[] others) => MajorityRule.HeardUntil(
        0,
        Enumerable.Range(0, others.Length + 1).ToList(),
        others.Select((at, i) => (Member: i + 1, At: at)).Where(o => o.At is not null).ToDictionary(o => o.Member, o => Seconds(o.At!.Value)),
        Worth);

    [Fact]
    public void The_only_member_needs_nobody() => Assert.Equal(TimeSpan.MaxValue, Until());

    [Fact]
    public void Of_two_both_are_needed()
    {
        Assert.Equal(TimeSpan.MinValue, Until((int?)null));
        Assert.Equal(Seconds(10) + Worth, Until(10));
    }

    [Fact]
    public void Of_three_one_other_does_and_the_fresher_answer_counts() => Assert.Equal(Seconds(10) + Worth, Until(3, 10));

    [Fact]
    public void Half_of_four_is_no_majority()
    {
        Assert.Equal(TimeSpan.MinValue, Until(10, null, null));
        Assert.Equal(Seconds(7) + Worth, Until(10, 7, null));
    }

    [Fact]
    public void One_that_is_no_member_hears_nobody() =>
        Assert.Equal(TimeSpan.MinValue, MajorityRule.HeardUntil(0, [1, 2], new Dictionary<int, TimeSpan> { [1] = Seconds(1), [2] = Seconds(1) }, Worth));

    [Fact]
    public void Answers_of_those_that_are_no_members_any_more_do_not_count() =>
        Assert.Equal(TimeSpan.MinValue, MajorityRule.HeardUntil(0, [0, 1, 2], new Dictionary<int, TimeSpan> { [8] = Seconds(1), [9] = Seconds(1) }, Worth));

    /// <summary>
    /// Two parts of a cluster can't both hear a majority after their link was cut: whatever was heard before, and however the members are split.
    /// </summary>
    [Property(MaxTest = 1000)]
    public void After_a_cut_at_most_one_part_goes_on_past_the_worth_of_an_answer(PositiveInt size, bool[] isLeft, PositiveInt[] askedAt)
    {
        var members = Enumerable.Range(0, (size.Get % 9) + 1).ToList();
        bool Left(int member) => isLeft.Length > 0 && isLeft[member % isLeft.Length];
        var cut = Seconds(100);
        var later = cut + Worth;

        bool IsHeard(int self) => later < MajorityRule.HeardUntil(
            self,
            members,
            members.Where(other => other != self).ToDictionary(
                other => other,
                // Before the cut any question may have been the last to be answered; after it, only in one's own part.
                other => Left(other) == Left(self) ? later : Seconds(askedAt.Length == 0 ? 0 : askedAt[other % askedAt.Length].Get % 100)),
            Worth);

        var hearing = members.Where(IsHeard).Select(Left).Distinct().Count();
        Assert.InRange(hearing, 0, 1);
    }
}
