using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Admin.Cluster;

/// <summary>What a member tells of itself.</summary>
public interface IMemberFacts
{
    /// <summary>Its name in the cluster (<c>Cluster:NodeName</c>).</summary>
    string Name { get; }

    /// <summary>Its settings, those of secrets masked.</summary>
    IEnumerable<(string Key, string Value)> Settings { get; }

    /// <summary>What its readiness rests on.</summary>
    IEnumerable<MemberCheck> Checks { get; }

    /// <summary>How it is now. Asks nobody outside the process.</summary>
    Task<MemberStatus> ReadAsync(CancellationToken stop);
}

/// <summary>One thing that was looked at, and what was seen.</summary>
public sealed record MemberCheck(string Name, bool Ok, string Detail);
