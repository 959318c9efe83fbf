using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Reports;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>One thing that is measured, the same way for every contender.</summary>
internal abstract class Scenario
{
    public abstract string Key { get; }

    /// <summary>Whether it can be run on servers that have worked for others before: else it gets new ones.</summary>
    public virtual bool SharesServers => false;

    /// <summary>Nodes at the start.</summary>
    public virtual int Nodes => 2;

    /// <summary>Why it makes no sense for this contender, for the table; null where it does.</summary>
    public virtual string? WhyNot(Contender contender) => null;

    public abstract Task RunAsync(Stage stage, Servers servers, CancellationToken stop);
}

/// <summary>What a scenario is given.</summary>
/// <param name="SigningKey">That of all servers' tokens.</param>
/// <param name="Tell">Takes a line for people.</param>
internal sealed record Stage(Contender Contender, Sizes Sizes, Results Results, string SigningKey, Action<string> Tell)
{
    private static long _numbers;

    /// <summary>Numbers that no message has had yet; the first of them is returned.</summary>
    public static long TakeNumbers(int count) => Interlocked.Add(ref _numbers, count) - count;

    public void Add(string metric, double value) => Results.Add(Contender.Key, metric, value);
}
