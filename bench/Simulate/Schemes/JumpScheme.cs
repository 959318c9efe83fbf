namespace AkkaSockets.Simulate.Schemes;

/// <summary>
/// Lamping and Veach's jump consistent hash: buckets are numbered, so a node that leaves has to give its number to the last one, as here;
/// the paper says to use it where nodes come and go at the end only.
/// </summary>
internal sealed class JumpScheme : IPlacementScheme
{
    private List<string> _buckets = [];

    public string Name => "jump";

    public string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes)
    {
        Renumber(nodes);
        return [.. Enumerable.Range(0, present.Count).Select(shard => _buckets[Jump(AkkaSocketsScheme.Score(shard, "jump"), _buckets.Count)])];
    }

    private void Renumber(IReadOnlyList<string> nodes)
    {
        var there = nodes.ToHashSet(StringComparer.Ordinal);
        for (var bucket = 0; bucket < _buckets.Count;)
        {
            if (there.Contains(_buckets[bucket])) bucket++;
            else
            {
                _buckets[bucket] = _buckets[^1];
                _buckets.RemoveAt(_buckets.Count - 1);
            }
        }
        _buckets = [.. _buckets, .. nodes.Except(_buckets, StringComparer.Ordinal)];
    }

    private static int Jump(ulong key, int buckets)
    {
        long bucket = -1, next = 0;
        while (next < buckets)
        {
            bucket = next;
            key = unchecked((key * 2862933555777941757UL) + 1);
            next = (long)((bucket + 1) * ((double)(1L << 31) / ((key >> 33) + 1)));
        }
        return (int)bucket;
    }
}
