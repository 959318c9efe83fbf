using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Measuring;
using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers.Reports;

/// <summary>Everything that was measured, round by round.</summary>
/// <param name="tell">Hears at once what must not be.</param>
internal sealed class Results(Action<string> tell)
{
    private readonly Dictionary<(string Contender, string Metric), List<double>> _values = [];
    private readonly Dictionary<(string Contender, string Scope), string> _reasons = [];
    private readonly List<string> _faults = [];

    /// <summary>What speaks against AkkaSockets: its ledgers must be clean.</summary>
    public bool IsSound { get; private set; } = true;

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Durable messages that were acknowledged, all runs together.</summary>
    public long Acknowledged { get; private set; }

    public long Lost { get; private set; }

    public void Add(string contender, string metric, double value)
    {
        if (!_values.TryGetValue((contender, metric), out var values)) _values[(contender, metric)] = values = [];
        values.Add(value);
    }

    public IReadOnlyList<double> ValuesOf(string contender, string metric) => _values.GetValueOrDefault((contender, metric)) ?? [];

    /// <summary>NaN where there is none.</summary>
    public double MedianOf(string contender, string metric) => Statistics.Median(ValuesOf(contender, metric));

    /// <summary>Why there is no figure, in a scenario or of one metric.</summary>
    public void CanNot(Contender contender, string scope, string reason) => _reasons[(contender.Key, scope)] = reason;

    public string? ReasonOf(string contender, Metric metric) =>
        _reasons.GetValueOrDefault((contender, metric.Id)) ?? _reasons.GetValueOrDefault((contender, metric.Scenario));

    /// <summary>Of one ledger of durable messages.</summary>
    public void Settle(long acknowledged, long lost) => (Acknowledged, Lost) = (Acknowledged + acknowledged, Lost + lost);

    /// <summary>Something that must not be; of a peer it is told, of AkkaSockets it is what the run ends with.</summary>
    public void Fault(Contender contender, string what)
    {
        _faults.Add($"{contender.Name}, {what}");
        tell(_faults[^1]);
        if (contender.IsOurs) IsSound = false;
    }
}
