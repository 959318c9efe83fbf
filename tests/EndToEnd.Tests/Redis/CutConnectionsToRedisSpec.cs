using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class CutConnectionsToRedisSpec(ITestOutputHelper log)
{
    private const int Cuts = 10;

    [RedisTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_to_Redis_that_are_cut_again_and_again_cost_nothing_acknowledged_and_no_socket(bool onTheWay)
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var relay = new Relay(redis.Port);
        await using var node = await NodeProcess.StartAsync(log, ("Persistence:Provider", "redis"), ("Persistence:Redis", relay.ConnectionString));
        await using var crowd = await Crowd.AttachAsync(node, log);

        // Answers are on the way whenever it is cut: what was written without a word of it must be neither lost nor repeated.
        relay.Delay = TimeSpan.FromMilliseconds(50);
        for (var cut = 0; cut < Cuts; cut++)
        {
            if (onTheWay) relay.Cut();
            else await redis.CutConnectionsAsync();
            await crowd.FlowsAsync();
        }
        await crowd.EphemeralsFlowAsync();
        await RedisNode.HealthyAsync(node);
        await crowd.CheckAsync();
    }
}
