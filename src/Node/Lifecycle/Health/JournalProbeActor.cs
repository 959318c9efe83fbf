using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence;
using AkkaSockets.Node.Persistence;

namespace AkkaSockets.Node.Lifecycle.Health;

/// <summary>
/// Finds out whether the journal and the snapshots answer, by having a child recover now and then, and at once when a user's log failed.
/// It writes only while writes are known to fail: one tiny snapshot, always the same, so that a node without traffic neither forgets
/// that its store is full nor misses that it no longer is. One per node, made at start; nobody talks to it. While it is dead, readiness keeps the last finding.
/// </summary>
public sealed class JournalProbeActor : ReceiveActor, IWithTimers
{
    /// <summary>The one persistence id of all nodes' probes: reading it disturbs nobody.</summary>
    public const string ProbeId = "health-probe";

    private readonly NodeHealth _health;
    private readonly JournalProbeSettings _settings;
    private readonly ILogger<JournalProbeActor> _log;
    private IActorRef? _attempt;
    private bool _isHurried;
    private long _startedAt;
    private bool? _isAnswering;

    public JournalProbeActor(NodeHealth health, JournalProbeSettings settings, ILogger<JournalProbeActor> log)
    {
        (_health, _settings, _log) = (health, settings, log);
        Receive<StartAttempt>(_ => Start());
        Receive<Suspected>(_ => Hurry());
        Receive<AttemptTimedOut>(_ => Conclude(_attempt, $"no answer within {settings.Patience.TotalSeconds:0.#} s"));
        Receive<JournalRead>(read => Conclude(Sender, read.Fault));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var self = Self;
        _health.Store.WhenSuspected(() => self.Tell(Suspected.Instance));
        Start();
    }

    protected override void PostStop() => _health.Store.WhenSuspected(null);

    /// <summary>Many fail together: the next attempt is brought forward once, and one that is under way will tell.</summary>
    private void Hurry()
    {
        if (_attempt is not null || _isHurried) return;
        _isHurried = true;
        Timers.StartSingleTimer(nameof(StartAttempt), StartAttempt.Instance, _settings.IntervalWhileFailing);
    }

    private void Start()
    {
        _isHurried = false;
        _startedAt = Stopwatch.GetTimestamp();
        _attempt = Context.ActorOf(Props.Create(() => new Attempt(_health.Store)));
        Timers.StartSingleTimer(nameof(AttemptTimedOut), AttemptTimedOut.Instance, _settings.Patience);
    }

    private void Conclude(IActorRef? attempt, string? fault)
    {
        // What a given-up attempt says later is about a moment that has passed.
        if (attempt is null || !attempt.Equals(_attempt)) return;
        _attempt = null;
        Context.Stop(attempt);
        Timers.Cancel(nameof(AttemptTimedOut));
        if (fault is null) _health.JournalAnswered();
        if (fault is null || _health.JournalFailed(Stopwatch.GetElapsedTime(_startedAt))) Tell(fault);
        // Until the first answer the node is waited for.
        var pause = fault is null ? _settings.Interval : _settings.IntervalWhileFailing;
        Timers.StartSingleTimer(nameof(StartAttempt), StartAttempt.Instance, pause);
    }

    private void Tell(string? fault)
    {
        var isAnswering = fault is null;
        if (isAnswering == _isAnswering) return;
        if (isAnswering) _log.JournalAnswers();
        else _log.JournalSilent(fault);
        _isAnswering = isAnswering;
    }

    private sealed class StartAttempt
    {
        public static readonly StartAttempt Instance = new();
    }

    private sealed class Suspected
    {
        public static readonly Suspected Instance = new();
    }

    private sealed class AttemptTimedOut
    {
        public static readonly AttemptTimedOut Instance = new();
    }

    private sealed record JournalRead(string? Fault);

    /// <summary>One recovery and, while writes fail, one write. Made and stopped by the probe, which learns how it went.</summary>
    private sealed class Attempt(StoreState store) : UntypedPersistentActor
    {
        public override string PersistenceId => ProbeId;

        protected override void OnReplaySuccess()
        {
            if (!store.RefusesWrites)
            {
                Context.Parent.Tell(new JournalRead(null));
                return;
            }
            // Told before the write: one that stays unanswered must not pass for a log that can't be read.
            store.Read();
            SaveSnapshot(ProbeId);
        }

        // Not the base's: it logs an error with its stack at each attempt, for as long as the store is away.
        protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
            Context.Parent.Tell(new JournalRead(reason.GetBaseException().Message));

        protected override void OnCommand(object message)
        {
            switch (message)
            {
                case SaveSnapshotSuccess:
                    store.Wrote();
                    break;
                case SaveSnapshotFailure:
                    store.TrialWriteFailed();
                    break;
                default:
                    Unhandled(message);
                    return;
            }
            // It was read, whatever became of the write.
            Context.Parent.Tell(new JournalRead(null));
        }

        protected override void OnRecover(object message)
        {
            // There is nothing to recover; only that the journal answers matters.
        }
    }
}

/// <summary>How often the journal is asked, and how long it may take.</summary>
public sealed record JournalProbeSettings
{
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Shorter, since a node that waits for its store, or works without, should know soon that it is there.</summary>
    public TimeSpan IntervalWhileFailing { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);
}

public static class JournalProbeActorExtensions
{
    /// <summary>Starts the probe. Needs <see cref="HealthEndpoints.AddNodeHealth"/>.</summary>
    public static AkkaConfigurationBuilder WithJournalProbe(this AkkaConfigurationBuilder akka, JournalProbeSettings? settings = null) =>
        akka.WithActors((system, registry, services) =>
        {
            var health = services.GetService<NodeHealth>();
            var log = services.GetService<ILogger<JournalProbeActor>>();
            var props = Props.Create(() => new JournalProbeActor(health, settings ?? new JournalProbeSettings(), log));
            registry.Register<JournalProbeActor>(system.ActorOf(props, "journal-probe"));
        });
}
