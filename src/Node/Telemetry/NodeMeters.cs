using System.Diagnostics.Metrics;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Telemetry;

/// <summary>The node's instruments. Their exported names are those of docs/operations.md.</summary>
public static class NodeMeters
{
    /// <summary>The meter's name, to subscribe to.</summary>
    public const string Name = "AkkaSockets";

    private static readonly Meter Meter = new(Name);

    private static readonly string[] Results = ["accepted", "duplicate", "refused", "unavailable"];

    public static UpDownCounter<long> Connections { get; } = Meter.CreateUpDownCounter<long>("akkasockets_connections", description: "Sockets held by this node.");

    public static Counter<long> Messages { get; } = Meter.CreateCounter<long>("akkasockets_messages", description: "Messages asked for, by kind (durable, ephemeral) and result.");

    /// <param name="ephemeral">The kind.</param>
    /// <param name="result"><c>accepted</c>, <c>duplicate</c>, <c>refused</c> or <c>unavailable</c>.</param>
    /// <param name="by">How many.</param>
    public static void Count(bool ephemeral, string result, long by = 1) =>
        Messages.Add(by, new KeyValuePair<string, object?>("kind", ephemeral ? "ephemeral" : "durable"), new KeyValuePair<string, object?>("result", result));

    public static Counter<long> Deliveries { get; } = Meter.CreateCounter<long>("akkasockets_deliveries", description: "Messages queued to a socket.");

    public static Counter<long> ReconnectFrames { get; } = Meter.CreateCounter<long>("akkasockets_reconnect_frames", description: "Reconnect frames sent, by reason.");

    public static void CountReconnect(string reason, long by = 1) => ReconnectFrames.Add(by, new KeyValuePair<string, object?>("reason", reason));

    public static Gauge<int> MovesPaused { get; } = Meter.CreateGauge<int>("akkasockets_moves_paused", description: "1 while an operator holds moves of shards back.");

    public static Counter<long> Closes { get; } = Meter.CreateCounter<long>("akkasockets_closes", description: "Sockets ended, by close code.");

    public static void CountClose(CloseCode code, long by = 1) => Closes.Add(by, new KeyValuePair<string, object?>("code", (int)code));

    public static UpDownCounter<long> Users { get; } = Meter.CreateUpDownCounter<long>("akkasockets_users", description: "User entities in memory on this node.");

    public static UpDownCounter<long> ReconnectPending { get; } =
        Meter.CreateUpDownCounter<long>("akkasockets_reconnect_pending", description: "Sockets that wait for the pacer's turn to be told to reconnect.");

    public static UpDownCounter<long> OutboxBytes { get; } =
        Meter.CreateUpDownCounter<long>("akkasockets_outbox_bytes", description: "Live bytes that wait to be written, in all outboxes of this node.");

    /// <summary>Seconds from a publish's arrival, at whichever node, to its frame's being written to a socket here; live messages only. Between nodes it has their clocks' difference in it.</summary>
    public static Histogram<double> Delivery { get; } = Seconds("akkasockets_delivery_seconds", "From a publish's arrival to its frame's being written to a socket.");

    /// <summary>Seconds from an entity's word that it stops to its socket's being attached to the next owner.</summary>
    public static Histogram<double> HandOff { get; } = Seconds("akkasockets_handoff_seconds", "From an entity's word that it stops to its socket's being attached to the next owner.");

    /// <summary>Seconds, by operation: <c>recover</c>, from a log's opening to its last event, and <c>write</c>, from the decision to the journal's answer, failed or not.</summary>
    public static Histogram<double> Journal { get; } = Seconds("akkasockets_journal_seconds", "How long users' logs waited for the journal, by operation.");

    /// <summary>
    /// Counts nothing of each thing that is counted, by each label that is known, once somebody listens: a rate has something to rise from then, and "never" is told apart from
    /// "not known". A histogram can't be told so, since whatever it records counts.
    /// </summary>
    public static void StartAtZero()
    {
        foreach (var counter in (UpDownCounter<long>[])[Connections, Users, ReconnectPending, OutboxBytes]) counter.Add(0);
        Deliveries.Add(0);
        foreach (var result in Results)
        {
            Count(ephemeral: false, result, 0);
            Count(ephemeral: true, result, 0);
        }
        foreach (var reason in Enum.GetValues<ReconnectReason>()) CountReconnect(reason.ToString().ToLowerInvariant(), 0);
        foreach (var code in Enum.GetValues<CloseCode>()) CountClose(code, 0);
    }

    private static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] });
}
