namespace AkkaSockets.Simulate.Schemes;

/// <summary>A way to say which node has which shard.</summary>
internal interface IPlacementScheme
{
    string Name { get; }

    /// <summary>The node of every shard, by name.</summary>
    /// <param name="present">Who has them now, which only some schemes look at; null where nobody does.</param>
    /// <param name="nodes">The nodes there are, in the order in which they joined; at least one.</param>
    string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes);
}
