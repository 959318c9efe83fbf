using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class RedisTurnedIntoAReplicaSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task Redis_turned_into_a_read_only_replica_and_back_costs_nothing_acknowledged_and_no_socket()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var node = await RedisNode.StartAsync(log, redis, ("Delivery:DeadlineMs", 3000));
        await using var crowd = await Crowd.AttachAsync(node, log);

        // Of a primary that nobody has heard of, so that it keeps its data.
        await redis.AskAsync("REPLICAOF", "127.0.0.1", $"{FreePorts.Take()}");
        await crowd.IsRefusedAsync();
        await RedisNode.DegradedAsync(node);
        await crowd.EphemeralsFlowAsync();

        await redis.AskAsync("REPLICAOF", "NO", "ONE");
        await crowd.IsServedAsync();
        await RedisNode.HealthyAsync(node);
        await crowd.FlowsAsync();
        await crowd.CheckAsync();
    }
}
