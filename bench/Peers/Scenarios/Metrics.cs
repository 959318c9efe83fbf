
namespace AkkaSockets.Peers.Scenarios;

/// <summary>A row of the table.</summary>
/// <param name="Name">For people; {low} and {high} stand for the rates.</param>
/// <param name="Format">Of its figures.</param>
/// <param name="ComparedWith">What of the peers it is compared with, where that is another row.</param>
internal sealed record Metric(string Id, string Scenario, string Name, string Format, string? ComparedWith = null);

/// <summary>All rows, in their order.</summary>
internal static class Metrics
{
    public const string BytesPerSocket = "idle.bytes";
    public const string Accepts = "idle.accepts";
    public const string AcceptCpu = "idle.accept-cpu";
    public const string IdleCpu = "idle.cpu";
    public const string UnicastHighest = "unicast.highest";
    public const string FanOutHighest = "fanout.highest";
    public const string FanOutCpu = "fanout.cpu";
    public const string Burst = "fanout.burst";
    public const string DurableHighest = "durable.highest";
    public const string JoinMoved = "join.moved";
    public const string JoinFrames = "join.frames";
    public const string JoinStray = "join.stray";
    public const string JoinGapP50 = "join.gap-p50";
    public const string JoinGapP99 = "join.gap-p99";
    public const string JoinEven = "join.even";
    public const string JoinLost = "join.lost";
    public const string CrashServed = "crash.served";
    public const string CrashLost = "crash.lost";

    public static readonly SteadyMetrics UnicastLow = new("unicast.low");
    public static readonly SteadyMetrics UnicastHigh = new("unicast.high");
    public static readonly SteadyMetrics DurableLow = new("durable.low");
    public static readonly SteadyMetrics DurableHigh = new("durable.high");

    public static IReadOnlyList<Metric> All { get; } =
    [
        new(BytesPerSocket, "idle", "bytes per socket (RSS, all processes)", "N0"),
        new(Accepts, "idle", "accepts/s", "N0"),
        new(AcceptCpu, "idle", "CPU s per 1,000 accepts", "0.00"),
        new(IdleCpu, "idle", "CPU while idle, ms a second", "N0"),
        .. UnicastLow.Rows("unicast", "{low}/s", null),
        .. UnicastHigh.Rows("unicast", "{high}/s", null),
        new(UnicastHighest, "unicast", "highest rate that holds, messages/s", "N0"),
        new(FanOutHighest, "fanout", "to 20 devices of a user, highest deliveries/s", "N0"),
        new(FanOutCpu, "fanout", "… CPU s per 100,000 deliveries", "0.00"),
        new(Burst, "fanout", "a burst to one socket, messages/s", "N0"),
        .. DurableLow.Rows("durable", "{low}/s", UnicastLow),
        .. DurableHigh.Rows("durable", "{high}/s", UnicastHigh),
        new(DurableHighest, "durable", "highest rate that holds, messages/s", "N0", UnicastHighest),
        new(JoinMoved, "join", "users that moved", "N0"),
        new(JoinFrames, "join", "reconnect frames to them", "N0"),
        new(JoinStray, "join", "reconnect frames to anybody else, and second ones", "N0"),
        new(JoinGapP50, "join", "longest wait of a message to a user that moved: p50, ms", "N0"),
        new(JoinGapP99, "join", "… p99, ms", "N0"),
        new(JoinEven, "join", "from Up until even, s", "0.0"),
        new(JoinLost, "join", "acknowledged messages lost", "N0"),
        new(CrashServed, "crash", "from kill −9 until every user is served, s", "0.0"),
        new(CrashLost, "crash", "acknowledged messages lost", "N0"),
    ];
}

/// <summary>The rows of one fixed rate.</summary>
internal sealed class SteadyMetrics(string id)
{
    public string P50 => $"{id}.p50";

    public string P99 => $"{id}.p99";

    public string Max => $"{id}.max";

    public string Cpu => $"{id}.cpu";

    public IEnumerable<Metric> Rows(string scenario, string rate, SteadyMetrics? comparedWith) =>
    [
        new(P50, scenario, $"{rate}: p50, ms", "0.00", comparedWith?.P50),
        new(P99, scenario, "… p99, ms", "0.00", comparedWith?.P99),
        new(Max, scenario, "… max, ms", "0.0", comparedWith?.Max),
        new(Cpu, scenario, "… CPU s per 1,000 messages", "0.000", comparedWith?.Cpu),
    ];

    public void Add(Stage stage, Measured measured)
    {
        var delivery = measured.Window.Delivery;
        stage.Add(P50, delivery.Percentile(0.5));
        stage.Add(P99, delivery.Percentile(0.99));
        stage.Add(Max, delivery.Max);
        stage.Add(Cpu, measured.CpuPerThousand);
    }
}
