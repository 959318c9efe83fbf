using AkkaSockets.Simulate.Schemes;

namespace AkkaSockets.Simulate.Movement;

/// <summary>What a change costs under a scheme, time left out.</summary>
/// <param name="Scheme">Its name.</param>
/// <param name="Change">What happened.</param>
/// <param name="MovedShare">Moves by shards: 0.1 is a tenth of the shards once, or all of them a tenth of a time each.</param>
/// <param name="LeastShare">The moves that no scheme can do without: what a leaver had, and what a newcomer's even share is.</param>
/// <param name="BystanderShare">Of these, moves between two nodes that were there before and after.</param>
/// <param name="Imbalance">Shards of the fullest node by the mean, afterwards; 1 is even.</param>
internal sealed record MovementResult(string Scheme, Change Change, double MovedShare, double LeastShare, double BystanderShare, double Imbalance);

/// <summary>Compares schemes over the same memberships.</summary>
internal static class MovementStudy
{
    public static IEnumerable<MovementResult> Run(int shards, int nodes, Change change) =>
        PlacementSchemes.All().Select(scheme => Run(scheme, shards, nodes, change));

    public static MovementResult Run(IPlacementScheme scheme, int shards, int nodes, Change change)
    {
        var names = Changes.Names(nodes);
        var present = scheme.Place(new string?[shards], names);
        int moved = 0, bystanders = 0;
        double least = 0;
        var before = names;
        foreach (var after in change.Memberships(nodes))
        {
            var (had, have) = (before.ToHashSet(StringComparer.Ordinal), after.ToHashSet(StringComparer.Ordinal));
            var next = scheme.Place(present, after);
            for (var shard = 0; shard < shards; shard++)
            {
                if (present[shard] == next[shard]) continue;
                moved++;
                if (have.Contains(present[shard]) && had.Contains(next[shard])) bystanders++;
            }
            least += ((double)before.Count(node => !have.Contains(node)) / before.Length) + ((double)after.Count(node => !had.Contains(node)) / after.Length);
            (present, before) = (next, after);
        }
        var fullest = present.GroupBy(node => node).Max(node => node.Count());
        return new MovementResult(scheme.Name, change, (double)moved / shards, least, (double)bystanders / shards, fullest * (double)before.Length / shards);
    }
}
