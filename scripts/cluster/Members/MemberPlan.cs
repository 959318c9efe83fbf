using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>Everything that is known of a member before it runs, and stays the same each time that it does.</summary>
internal sealed record MemberPlan
{
    public required string Name { get; init; }

    public required Launch Launch { get; init; }

    /// <summary>The file that gets its output, of all its lives one after the other.</summary>
    public required string Log { get; init; }

    /// <summary>Null once it can serve; else what it is waiting for, in words.</summary>
    public required Func<CancellationToken, Task<string?>> WaitsFor { get; init; }

    /// <summary>Where clients connect; null where none do.</summary>
    public Uri? Clients { get; init; }

    /// <summary>The inner listener; null where there is none.</summary>
    public Uri? Api { get; init; }

    /// <summary>Its other addresses, for people.</summary>
    public required string OtherAddresses { get; init; }

    /// <summary>From SIGTERM to its end, at the most.</summary>
    public required TimeSpan StopsWithin { get; init; }
}
