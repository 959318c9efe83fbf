using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers;

/// <summary>What to run.</summary>
internal sealed record PeersOptions
{
    public required int Rounds { get; init; }

    /// <summary>Keys, in the order of the table.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    public required IReadOnlyList<string> Contenders { get; init; }

    public required Sizes Sizes { get; init; }

    /// <summary>Of AkkaSockets' nodes, and of its Lighthouse where the section is <c>Cluster</c>.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Whether the .NET servers are published first, or run as they were built.</summary>
    public required bool Publish { get; init; }

    public required bool Json { get; init; }

    /// <summary>The document that gets the table; null: none does.</summary>
    public required string? Document { get; init; }
}
