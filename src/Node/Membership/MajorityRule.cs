namespace AkkaSockets.Node.Membership;

/// <summary>
/// Until when a member may believe that a majority counts on it. Each answer is worth as much as its question is recent, so an answer that lay in a buffer while
/// this member was frozen, or that came over a link which is cut by now, is worth nothing.
/// </summary>
internal static class MajorityRule
{
    /// <summary>A time on the clock of <paramref name="askedAt"/>; <see cref="TimeSpan.MaxValue"/> for the only member, <see cref="TimeSpan.MinValue"/> for none.</summary>
    /// <param name="members">Those that take part in a decision of the split-brain resolver, Lighthouse included.</param>
    /// <param name="askedAt">For each of the others that answered, when it was asked the last question that it answered.</param>
    /// <param name="worth">How long an answer counts: less than it takes the others to give this member up.</param>
    public static TimeSpan HeardUntil<T>(T self, IReadOnlyCollection<T> members, IReadOnlyDictionary<T, TimeSpan> askedAt, TimeSpan worth)
        where T : notnull
    {
        if (!members.Contains(self)) return TimeSpan.MinValue;
        // With itself that is more than half.
        var others = members.Count / 2;
        if (others == 0) return TimeSpan.MaxValue;
        var answers = members
            .Where(member => !member.Equals(self) && askedAt.ContainsKey(member))
            .Select(member => askedAt[member])
            .OrderDescending()
            .Take(others)
            .ToList();
        return answers.Count < others ? TimeSpan.MinValue : answers[^1] + worth;
    }
}
