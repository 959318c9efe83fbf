namespace AkkaSockets.Node.Membership;

/// <summary>
/// Which of two clusters ends where there should be one. A first seed that starts while it is cut off from the others founds a second one, and nothing in Akka brings the two
/// together again: whoever starts later joins the one or the other.
/// </summary>
internal static class TwoClusters
{
    /// <summary>True where the members of ours are to join the other: the smaller ends, and of two of one size the one whose first address is the later.</summary>
    /// <param name="ours">The addresses of the members of ours that are up; at least one.</param>
    /// <param name="theirs">How many of the other's members are up.</param>
    /// <param name="theirFirst">The first of their addresses, in ordinal order.</param>
    public static bool Yields(IReadOnlyCollection<string> ours, int theirs, string theirFirst) =>
        ours.Count != theirs ? ours.Count < theirs : string.CompareOrdinal(FirstOf(ours), theirFirst) > 0;

    public static string FirstOf(IReadOnlyCollection<string> addresses) => addresses.Min(StringComparer.Ordinal)!;
}
