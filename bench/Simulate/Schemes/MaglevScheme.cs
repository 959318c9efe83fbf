namespace AkkaSockets.Simulate.Schemes;

/// <summary>
/// Maglev's table (Eisenbud and others, NSDI 2016, §3.4): nodes fill it in turn, each in an order of its own. The shards are its
/// places, where their number is not prime the places of the next prime, the surplus left out.
/// </summary>
internal sealed class MaglevScheme : IPlacementScheme
{
    public string Name => "Maglev";

    public string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes)
    {
        var size = NextPrime(Math.Max(present.Count, 3));
        var order = nodes.Order(StringComparer.Ordinal).ToArray();
        var offsets = Array.ConvertAll(order, node => (long)(AkkaSocketsScheme.Score(0, node) % (ulong)size));
        var skips = Array.ConvertAll(order, node => (long)(AkkaSocketsScheme.Score(1, node) % (ulong)(size - 1)) + 1);
        var next = new long[order.Length];
        var table = new string?[size];
        for (var filled = 0; ;)
        {
            for (var node = 0; node < order.Length; node++)
            {
                long place;
                do place = (offsets[node] + (next[node]++ * skips[node])) % size;
                while (table[place] is not null);
                table[place] = order[node];
                if (++filled == size) return [.. table.Take(present.Count).Select(owner => owner!)];
            }
        }
    }

    private static int NextPrime(int from)
    {
        for (var candidate = from; ; candidate++)
        {
            if (Enumerable.Range(2, (int)Math.Sqrt(candidate) - 1).All(divisor => candidate % divisor != 0)) return candidate;
        }
    }
}
