using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Lifecycle.Health;

public sealed class JournalProbeActorSpec : TestKit
{
    private static readonly JournalProbeSettings Fast = new()
    {
        Interval = TimeSpan.FromMilliseconds(20),
        IntervalWhileFailing = TimeSpan.FromMilliseconds(20),
        Patience = TimeSpan.FromMilliseconds(300),
    };

    private readonly NodeHealth _health = new(() => "Up", () => true);

    public JournalProbeActorSpec()
        : base($$"""
            akka.persistence.journal.plugin = "test.journal"
            test.journal {
              class = "{{typeof(FlakyJournal).AssemblyQualifiedName}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
              circuit-breaker { max-failures = 1000, call-timeout = 10s, reset-timeout = 10ms }
            }
            akka.persistence.snapshot-store.plugin = "test.snapshots"
            test.snapshots {
              class = "{{typeof(FlakySnapshots).AssemblyQualifiedName}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
              circuit-breaker { max-failures = 1000, call-timeout = 10s, reset-timeout = 10ms }
            }
            akka.loglevel = OFF
            """, $"probe-{Guid.NewGuid():N}")
    {
    }

    [Fact]
    public async Task A_journal_that_answers_makes_the_node_ready_and_nothing_is_written()
    {
        Start();

        await AwaitStatusAsync(ReadinessStatus.Ready);
        Assert.Equal((0, 0), (FlakyJournal.Writes, FlakySnapshots.Saves(Sys.Name)));
    }

    [Fact]
    public async Task A_store_that_is_full_stays_degraded_without_traffic_and_is_found_well_without_traffic()
    {
        var time = new FakeTimeProvider();
        var health = new NodeHealth(() => "Up", () => true, new StoreState(time));
        FlakySnapshots.Full[Sys.Name] = true;
        Start(health);
        await AwaitStatusAsync(ReadinessStatus.Ready, health);
        for (var i = 0; i < StoreGate.Failures; i++) health.Store.WriteFailed(new IOException("The store is full."));

        // Longer than an unconfirmed finding is remembered.
        for (var i = 0; i < 4; i++)
        {
            var saves = FlakySnapshots.Saves(Sys.Name);
            await AwaitAssertAsync(() => Assert.True(FlakySnapshots.Saves(Sys.Name) >= saves + 2), TimeSpan.FromSeconds(10));
            time.Advance(StoreGate.ForgottenAfter / 2);
            Assert.Equal(ReadinessStatus.Degraded, health.Read().Status);
        }
        FlakySnapshots.Full.Remove(Sys.Name, out _);
        await AwaitStatusAsync(ReadinessStatus.Ready, health);
    }

    [Fact]
    public async Task A_write_that_is_not_answered_does_not_keep_logs_from_being_read()
    {
        Start();
        await AwaitStatusAsync(ReadinessStatus.Ready);
        FlakySnapshots.Silent[Sys.Name] = true;
        for (var i = 0; i < StoreGate.Failures; i++) _health.Store.WriteFailed(new IOException("The store is full."));

        // Each save but the last was given up when the probe's patience was over.
        await AwaitAssertAsync(() =>
        {
            for (var i = 0; i < 3; i++) Assert.True(_health.Store.MayRead());
            Assert.True(FlakySnapshots.Saves(Sys.Name) >= 3);
        }, TimeSpan.FromSeconds(20));
        Assert.Equal(ReadinessStatus.Degraded, _health.Read().Status);
    }

    [Theory]
    [InlineData(JournalFault.Fails)]
    [InlineData(JournalFault.IsSilent)]
    public async Task A_journal_that_stops_answering_makes_it_degraded_until_it_is_back(JournalFault fault)
    {
        Start();
        await AwaitStatusAsync(ReadinessStatus.Ready);

        FlakyJournal.Faults[Sys.Name] = fault;
        await AwaitStatusAsync(ReadinessStatus.Degraded);
        FlakyJournal.Faults.Remove(Sys.Name, out _);
        await AwaitStatusAsync(ReadinessStatus.Ready);
    }

    [Theory]
    [InlineData(JournalFault.Fails)]
    [InlineData(JournalFault.IsSilent)]
    public async Task A_journal_that_has_not_answered_yet_keeps_the_node_unready_until_it_does(JournalFault fault)
    {
        FlakyJournal.Faults[Sys.Name] = fault;
        Start();
        await AwaitAssertAsync(() => Assert.True(FlakyJournal.Reads(Sys.Name) >= 3));
        Assert.Equal(ReadinessStatus.Unready, _health.Read().Status);

        FlakyJournal.Faults.Remove(Sys.Name, out _);
        await AwaitStatusAsync(ReadinessStatus.Ready);
    }

    private void Start(NodeHealth? health = null) =>
        Sys.ActorOf(Props.Create(() => new JournalProbeActor(health ?? _health, Fast, NullLogger<JournalProbeActor>.Instance)));

    private Task AwaitStatusAsync(ReadinessStatus status, NodeHealth? health = null) =>
        AwaitAssertAsync(() => Assert.Equal(status, (health ?? _health).Read().Status), TimeSpan.FromSeconds(10));
}
