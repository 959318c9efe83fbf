using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>How much of everything, and for how long.</summary>
internal sealed record Sizes
{
    public required int IdleSockets { get; init; }

    /// <summary>Sockets that come and go before it is measured.</summary>
    public required int WarmUpSockets { get; init; }

    /// <summary>From the last accept to the idle time, and from the start to the empty servers' measure.</summary>
    public required TimeSpan Settle { get; init; }

    public required TimeSpan Idle { get; init; }

    public required int UnicastSockets { get; init; }

    /// <summary>Messages a second.</summary>
    public required double LowRate { get; init; }

    public required double HighRate { get; init; }

    /// <summary>How long a fixed rate is measured.</summary>
    public required TimeSpan Steady { get; init; }

    /// <summary>How long servers work before they are measured.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>How long a rate has to hold.</summary>
    public required TimeSpan Step { get; init; }

    public required RateSearch Unicast { get; init; }

    public required RateSearch Durable { get; init; }

    /// <summary>Messages, each for all devices.</summary>
    public required RateSearch FanOut { get; init; }

    public required double FanOutRate { get; init; }

    public required int Bursts { get; init; }

    public required int BurstMessages { get; init; }

    public required int JoinUsers { get; init; }

    /// <summary>Those of them who get messages all the time.</summary>
    public required int JoinListeners { get; init; }

    public required double MessagesPerListener { get; init; }

    public required int CrashUsers { get; init; }

    /// <summary>What is waited for at the most: messages that are late, clients that must come back.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>The devices of one user: <c>Limits:SocketsPerUser</c> as it comes.</summary>
    public int Devices => 20;

    public static Sizes Full { get; } = new()
    {
        IdleSockets = 10_000,
        WarmUpSockets = 500,
        Settle = TimeSpan.FromSeconds(2),
        Idle = TimeSpan.FromSeconds(6),
        UnicastSockets = 1_000,
        LowRate = 500,
        HighRate = 2_000,
        Steady = TimeSpan.FromSeconds(4),
        WarmUp = TimeSpan.FromSeconds(10),
        Step = TimeSpan.FromSeconds(1.5),
        Unicast = new RateSearch(4_000, 256_000, 3),
        Durable = new RateSearch(1_000, 128_000, 3),
        FanOut = new RateSearch(500, 64_000, 2),
        FanOutRate = 200,
        Bursts = 20,
        BurstMessages = 500,
        JoinUsers = 5_000,
        JoinListeners = 300,
        MessagesPerListener = 4,
        CrashUsers = 1_000,
        Patience = TimeSpan.FromSeconds(60),
    };

    /// <summary>Small and quick: its figures say nothing, but all of it is done.</summary>
    public static Sizes Short { get; } = new()
    {
        IdleSockets = 100,
        WarmUpSockets = 10,
        Settle = TimeSpan.FromSeconds(0.2),
        Idle = TimeSpan.FromSeconds(1),
        UnicastSockets = 20,
        LowRate = 50,
        HighRate = 100,
        Steady = TimeSpan.FromSeconds(1),
        WarmUp = TimeSpan.FromSeconds(0.5),
        Step = TimeSpan.FromSeconds(0.5),
        Unicast = new RateSearch(100, 200, 1),
        Durable = new RateSearch(50, 100, 1),
        FanOut = new RateSearch(20, 40, 1),
        FanOutRate = 20,
        Bursts = 3,
        BurstMessages = 50,
        JoinUsers = 60,
        JoinListeners = 20,
        MessagesPerListener = 2,
        CrashUsers = 30,
        Patience = TimeSpan.FromMinutes(3),
    };
}
