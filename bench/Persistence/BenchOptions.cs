namespace AkkaSockets.PersistenceBench;

/// <summary>What to measure, and for how long.</summary>
internal sealed record BenchOptions
{
    /// <summary>How many writers at once, one measurement each.</summary>
    public required IReadOnlyList<int> Writers { get; init; }

    /// <summary>Names of the contenders, in the order of the table.</summary>
    public required IReadOnlyList<string> Contenders { get; init; }

    /// <summary>How often each contender has its turn.</summary>
    public required int Rounds { get; init; }

    /// <summary>How long a turn is measured.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long a turn runs before it is measured.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>The payload of an event.</summary>
    public required int Bytes { get; init; }

    /// <summary>How many actors to recover; 0 leaves it out.</summary>
    public required int RecoverActors { get; init; }

    /// <summary>How many events each of them has.</summary>
    public required int RecoverEvents { get; init; }

    /// <summary><c>always</c>, <c>everysec</c> or <c>no</c>.</summary>
    public required string AppendFsync { get; init; }

    /// <summary>The program to start as Redis.</summary>
    public required string RedisServer { get; init; }

    public required bool Json { get; init; }
}
