using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Redis keeps its connections and answers nothing for a while; what it was told meanwhile it does afterwards.</summary>
public sealed class PausedSpec(ITestOutputHelper output)
{
    [RedisFact]
    public async Task What_it_does_afterwards_of_what_failed_meanwhile_leaves_no_hole_and_no_fork()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var systems = new Systems();
        var load = new Load(systems.Start(redis.ConnectionString + Patience.None), ledgers: 20);
        await load.AcknowledgedAsync(5);
        await redis.PauseAsync();
        await load.FailedAsync();
        await redis.ContinueAsync();
        output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after the store was back.");
        await load.AcknowledgedAsync(5);
        Assert.Contains(load.Failures, e => e is RedisStoreException { Reason: RedisFailureReason.TimedOut });
        load.FailedClearly();
        await load.StopAndCheckAsync(redis.ConnectionString);
    }
}
