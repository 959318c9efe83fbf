using System.Diagnostics.Metrics;

namespace AkkaSockets.Node.Telemetry;

/// <summary>The node's instruments. Their exported names are those of docs/operations.md.</summary>
public static class NodeMeters
{
    /// <summary>The meter's name, to subscribe to.</summary>
    public const string Name = "AkkaSockets";

    private static readonly Meter Meter = new(Name);

    public static UpDownCounter<long> Connections { get; } = Meter.CreateUpDownCounter<long>("akkasockets_connections", description: "Sockets held by this node.");

    public static Counter<long> Messages { get; } = Meter.CreateCounter<long>("akkasockets_messages", description: "Messages asked for, by kind (durable, ephemeral) and result.");

    public static Counter<long> Deliveries { get; } = Meter.CreateCounter<long>("akkasockets_deliveries", description: "Messages queued to a socket.");

    public static Counter<long> ReconnectFrames { get; } = Meter.CreateCounter<long>("akkasockets_reconnect_frames", description: "Reconnect frames sent, by reason.");

    public static Gauge<int> MovesPaused { get; } = Meter.CreateGauge<int>("akkasockets_moves_paused", description: "1 while an operator holds moves of shards back.");

    public static Counter<long> Closes { get; } = Meter.CreateCounter<long>("akkasockets_closes", description: "Sockets ended, by close code.");

    /// <summary>Seconds, by operation: <c>recover</c>, from a log's opening to its last event, and <c>write</c>, from the decision to the journal's answer, failed or not.</summary>
    public static Histogram<double> Journal { get; } = Meter.CreateHistogram(
        "akkasockets_journal_seconds", "s", "How long users' logs waited for the journal, by operation.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] });
}
