using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class SlowRedisSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task Redis_that_takes_100_ms_to_answer_slows_a_crowd_down_and_costs_it_nothing_else()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var relay = new Relay(redis.Port);
        await using var node = await NodeProcess.StartAsync(log, ("Persistence:Provider", "redis"), ("Persistence:Redis", relay.ConnectionString));
        await using var crowd = await Crowd.AttachAsync(node, log);

        relay.Delay = TimeSpan.FromMilliseconds(100);
        for (var i = 0; i < 3; i++) await crowd.FlowsAsync();
        await crowd.EphemeralsFlowAsync();
        await RedisNode.HealthyAsync(node);
        await crowd.CheckAsync();
        Assert.Equal(0, crowd.Refused);
    }
}
