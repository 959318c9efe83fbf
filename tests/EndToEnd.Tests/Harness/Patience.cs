using System.Diagnostics;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>One time limit for several waits.</summary>
internal sealed class Patience(TimeSpan? limit = null)
{
    private readonly TimeSpan _limit = limit ?? Eventually.Generous;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>What is left of it.</summary>
    /// <exception cref="TimeoutException">Nothing is.</exception>
    public TimeSpan Left => _limit - _clock.Elapsed is { } left && left > TimeSpan.Zero ? left : throw new TimeoutException($"Not within {_limit}.");
}
