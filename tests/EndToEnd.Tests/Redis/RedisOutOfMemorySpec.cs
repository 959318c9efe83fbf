using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class RedisOutOfMemorySpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task Redis_out_of_memory_refuses_what_is_new_keeps_what_is_acknowledged_and_closes_no_socket()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var node = await RedisNode.StartAsync(log, redis, ("Delivery:DeadlineMs", 3000));
        await using var crowd = await Crowd.AttachAsync(node, log);

        await redis.ConfigAsync("maxmemory", "1");
        await crowd.IsRefusedAsync();
        await RedisNode.DegradedAsync(node);
        await crowd.EphemeralsFlowAsync();
        await redis.ForgetCallsAsync();
        await crowd.IsRefusedAsync();
        var reads = await redis.CallsAsync("zrangebyscore");
        log.WriteLine($"{reads} reads while {Crowd.Users} sends were refused");

        await redis.ConfigAsync("maxmemory", "0");
        await crowd.IsServedAsync();
        await RedisNode.HealthyAsync(node);
        await crowd.FlowsAsync();
        await crowd.CheckAsync();
        // A log that is refused a write does not read itself again for each try.
        Assert.InRange(reads, 0, Crowd.Users);
    }
}
