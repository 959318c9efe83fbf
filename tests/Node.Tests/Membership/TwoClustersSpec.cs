using AkkaSockets.Node.Membership;
using FsCheck;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Membership;

public sealed class TwoClustersSpec
{
    [Fact]
    public void The_smaller_yields()
    {
        Assert.True(TwoClusters.Yields(["a"], 2, "b"));
        Assert.False(TwoClusters.Yields(["b", "c"], 1, "a"));
    }

    [Fact]
    public void Of_two_of_one_size_the_one_with_the_later_first_address_yields()
    {
        Assert.True(TwoClusters.Yields(["d", "b"], 2, "a"));
        Assert.False(TwoClusters.Yields(["c", "a"], 2, "b"));
    }

    /// <summary>Two clusters have no address in common, and each member of both says the same.</summary>
    [Property]
    public bool Of_any_two_exactly_one_yields(PositiveInt ofOurs, PositiveInt ofTheirs, bool[] turns)
    {
        // Dealt out in turn, so that either may have the first address.
        string[] ours = [.. Enumerable.Range(0, ofOurs.Get).Select(i => $"{i * 2 + (turns.ElementAtOrDefault(i) ? 1 : 0):000000}")];
        string[] theirs = [.. Enumerable.Range(0, ofTheirs.Get).Select(i => $"{i * 2 + (turns.ElementAtOrDefault(i) ? 0 : 1):000000}")];
        return TwoClusters.Yields(ours, theirs.Length, TwoClusters.FirstOf(theirs)) != TwoClusters.Yields(theirs, ours.Length, TwoClusters.FirstOf(ours));
    }
}
