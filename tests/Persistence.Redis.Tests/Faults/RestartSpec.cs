using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Redis goes away under load and comes back with what it had.</summary>
public sealed class RestartSpec(ITestOutputHelper output)
{
    // Whatever breaker opened would never close again: no recovery may hang on one.
    private const string Settings = """
        akka.persistence {
          journal.redis.circuit-breaker.reset-timeout = 1h
          journal.redis.recovery-event-timeout = 5s
          snapshot-store.redis.circuit-breaker.reset-timeout = 1h
        }
        """;

    [RedisTheory]
    [InlineData("always", false)]
    [InlineData("always", true)]
    [InlineData("everysec", false)]
    [InlineData("everysec", true)]
    public async Task Nothing_acknowledged_is_missing_and_all_go_on_when_it_is_back(string fsync, bool killed)
    {
        await using var redis = await RedisServer.StartAsync("--appendfsync", fsync);
        await using var systems = new Systems();
        var load = new Load(systems.Start(redis.ConnectionString + Patience.None, Settings), ledgers: 20);
        await load.AcknowledgedAsync(5);
        for (var round = 0; round < 2; round++)
        {
            await (killed ? redis.KillAsync() : redis.StopAsync());
            await load.FailedAsync();
            await redis.StartAgainAsync();
            output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after the store was back.");
            await load.AcknowledgedAsync(5);
        }
        // Between two fsyncs of everysec Redis may put off the write itself: a kill can cost what a power cut can.
        var maySuffer = killed && fsync == "everysec";
        load.FailedClearly(refused: maySuffer);
        var lost = await load.StopAndCheckAsync(redis.ConnectionString, maySuffer ? 5 : null);
        output.WriteLine($"{lost} acknowledged texts are lost.");
    }
}
