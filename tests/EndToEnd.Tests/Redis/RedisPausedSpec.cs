using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class RedisPausedSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task Redis_paused_until_everybody_was_refused_costs_nothing_acknowledged_and_no_socket()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var node = await RedisNode.StartAsync(log, redis, ("Delivery:DeadlineMs", 3000));
        await using var crowd = await Crowd.AttachAsync(node, log);

        redis.Freeze();
        await crowd.IsRefusedAsync();
        await RedisNode.DegradedAsync(node);
        await crowd.EphemeralsFlowAsync();
        // Long enough for logs to fail more than once.
        await crowd.IsRefusedAsync();

        redis.Thaw();
        await crowd.IsServedAsync();
        await RedisNode.HealthyAsync(node);
        await crowd.FlowsAsync();
        await crowd.CheckAsync();
    }
}
