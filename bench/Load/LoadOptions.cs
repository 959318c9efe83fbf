using System.Net;

namespace AkkaSockets.Load;

/// <summary>What to drive, and how hard.</summary>
internal sealed record LoadOptions
{
    /// <summary>Sockets are spread over these, one after the other; a socket that can't be opened at one is tried at the next.</summary>
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>Local addresses that sockets are opened from, in turn: each has some 28,000 ports towards one server. Empty: the system's choice.</summary>
    public required IReadOnlyList<IPAddress> SourceAddresses { get; init; }

    /// <summary>The HS256 key that users' tokens are signed with; null: users come with <c>?user=</c>, which servers take in Development.</summary>
    public required string? SigningKey { get; init; }

    /// <summary>Backends' listeners; empty: nothing is published by HTTP.</summary>
    public required IReadOnlyList<Uri> Apis { get; init; }

    public required string? ApiKey { get; init; }

    public required int Users { get; init; }

    /// <summary>Durable messages a second, between users and by HTTP together.</summary>
    public required double Rate { get; init; }

    /// <summary>The part of <see cref="Rate"/> that is published by HTTP, 0 to 1.</summary>
    public required double ApiShare { get; init; }

    /// <summary>Ephemeral messages a second between users, on top.</summary>
    public required double EphemeralRate { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long a durable message is repeated under its id until it counts as not acknowledged.</summary>
    public required TimeSpan AckPatience { get; init; }

    /// <summary>How long to wait at the end for what was acknowledged and has not come yet.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Padding of each message's data, in bytes.</summary>
    public required int Bytes { get; init; }

    /// <summary>Sockets opened a second at the most.</summary>
    public required int OpenPerSecond { get; init; }

    public required string UserPrefix { get; init; }

    public required bool Json { get; init; }
}
