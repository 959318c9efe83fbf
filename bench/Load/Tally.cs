using System.Collections.Concurrent;
using System.Globalization;

namespace AkkaSockets.Load;

/// <summary>Counts by name, from any thread.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long Total => _counts.Values.Sum();

    public void Add(string name) => _counts.AddOrUpdate(name, 1, static (_, count) => count + 1);

    /// <summary>The most frequent first.</summary>
    public OrderedDictionary<string, long> ToDictionary() =>
        new(_counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal));

    /// <summary>For people; "none" when nothing was counted.</summary>
    public static string Describe(OrderedDictionary<string, long> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:N0}")));
}
