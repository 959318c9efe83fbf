using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// Consistent hashing with bounded load and minimal movement: places all shards, moving as few as an even spread allows. A node that joins takes its
/// share and nothing else moves; one that leaves gives up its own and nothing else moves. Which shards those are follows
/// rendezvous hashing of (shard, node name), so the same history gives the same table on every machine.
/// </summary>
public static class ShardPlacement
{
    /// <summary>The table for <paramref name="nodes"/>, starting from <paramref name="present"/>: each node has ⌊S/N⌋ or ⌈S/N⌉ shards.</summary>
    /// <param name="nodes">The names of the nodes that may carry shards; none leaves every shard without a node.</param>
    /// <param name="movesNothing">Only what has no node gets one, as evenly as that makes it; what has one stays.</param>
    public static ShardTable Place(ShardTable present, IReadOnlyCollection<string> nodes, bool movesNothing = false)
    {
        if (nodes.Count == 0) return ShardTable.Empty(present.Count);
        var counts = nodes.Distinct(StringComparer.Ordinal).ToDictionary(node => node, _ => 0, StringComparer.Ordinal);
        var placed = present.Shards().Select(shard => present[shard] is { } node && counts.ContainsKey(node) ? node : null).ToArray();
        foreach (var node in placed)
        {
            if (node is not null) counts[node]++;
        }
        var room = Quotas(counts, present.Count).ToDictionary(quota => quota.Key, quota => quota.Value - counts[quota.Key], StringComparer.Ordinal);
        foreach (var (shard, to) in ByPreference(placed, room, movesNothing))
        {
            var from = placed[shard];
            // A shard goes once, from where there is one too many (or from nowhere) to where there is room.
            if (room[to] <= 0 || (from is not null && room[from] >= 0)) continue;
            placed[shard] = to;
            room[to]--;
            if (from is not null) room[from]++;
        }
        return new ShardTable(ImmutableArray.Create(placed));
    }

    /// <summary>How much a shard prefers a node: the rendezvous hash, the same on every machine and for ever.</summary>
    public static ulong Score(ShardId shard, string node)
    {
        Span<byte> key = stackalloc byte[4 + Encoding.UTF8.GetMaxByteCount(node.Length)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(key, shard.Value);
        var length = Encoding.UTF8.GetBytes(node, key[4..]);
        return XxHash3.HashToUInt64(key[..(4 + length)]);
    }

    /// <summary>
    /// The even shares. Where S/N is no whole number, those that have more than that keep the larger share, so that nobody gives up what another must take; what is left of
    /// the larger shares goes to those that have the least, which must take some anyhow.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, int>> Quotas(Dictionary<string, int> counts, int shards)
    {
        var (share, rest) = (shards / counts.Count, shards % counts.Count);
        return counts
            .OrderByDescending(node => node.Value > share ? node.Value : -node.Value)
            .ThenByDescending(node => Score(default, node.Key))
            .ThenBy(node => node.Key, StringComparer.Ordinal)
            .Select((node, place) => KeyValuePair.Create(node.Key, share + (place < rest ? 1 : 0)));
    }

    /// <summary>Every shard that may move with every node that has room, the strongest preference first.</summary>
    private static IEnumerable<(int Shard, string To)> ByPreference(string?[] placed, Dictionary<string, int> room, bool movesNothing)
    {
        string[] takers = [.. room.Where(node => node.Value > 0).Select(node => node.Key).Order(StringComparer.Ordinal)];
        int[] movable = [.. Enumerable.Range(0, placed.Length).Where(shard => placed[shard] is not { } node || (!movesNothing && room[node] < 0))];
        // Millions of them, when a large cluster is first placed: hence a plain array.
        var preferences = new Preference[movable.Length * takers.Length];
        var next = 0;
        foreach (var shard in movable)
        {
            for (var taker = 0; taker < takers.Length; taker++) preferences[next++] = new Preference(Score(new ShardId(shard), takers[taker]), shard, taker);
        }
        Array.Sort(preferences);
        return preferences.Select(preference => (preference.Shard, takers[preference.Taker]));
    }

    /// <summary>A shard and a node that could take it, <paramref name="Taker"/> being the node's place in ordinal order.</summary>
    private readonly record struct Preference(ulong Score, int Shard, int Taker) : IComparable<Preference>
    {
        public int CompareTo(Preference other) =>
            Score != other.Score ? other.Score.CompareTo(Score) : Shard != other.Shard ? Shard.CompareTo(other.Shard) : Taker.CompareTo(other.Taker);
    }
}
