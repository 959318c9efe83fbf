using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class RedisKilledSpec(ITestOutputHelper log)
{
    [RedisTheory]
    [InlineData("always")]
    [InlineData("everysec")]
    public async Task Redis_killed_and_started_again_costs_nothing_acknowledged_and_no_socket(string appendFsync)
    {
        await using var redis = await RedisProcess.StartAsync(log, appendFsync);
        await using var node = await RedisNode.StartAsync(log, redis, ("Delivery:DeadlineMs", 3000));
        await using var crowd = await Crowd.AttachAsync(node, log);

        // While the disk is slow, everysec answers before it writes: for up to 2 s, and only that may be lost.
        if (appendFsync == "everysec") await redis.HoldWritesAsync();
        await redis.KillAsync();
        await crowd.IsRefusedAsync();
        await RedisNode.DegradedAsync(node);
        await crowd.EphemeralsFlowAsync();

        await redis.StartAsync();
        await crowd.IsServedAsync();
        await RedisNode.HealthyAsync(node);
        await crowd.FlowsAsync();
        await crowd.CheckAsync();
        // A recovery reads its events with one of these, or some more; so does the probe each second.
        var reads = await redis.CallsAsync("zrangebyscore");
        log.WriteLine($"{reads} reads after the return");
        Assert.InRange(reads, 1, 4 * Crowd.Users);
    }
}
