using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

[Collection(Outages.Name)]
public sealed class KillingANodeOnRedisSpec(ITestOutputHelper log)
{
    private const int Clients = 60;
    private const int Kills = 3;
    private static readonly TimeSpan SendEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(60);

    [RedisFact]
    public async Task Killing_a_node_that_keeps_its_logs_in_Redis_loses_nothing_acknowledged_and_repeats_nothing()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var node = await RedisNode.StartAsync(log, redis);
        var ledger = new Ledger();
        var names = Enumerable.Range(0, Clients).Select(Crowd.NameOf).ToList();
        var clients = names.Select(name => new Chatter(node, name, ledger)).ToList();
        await Task.WhenAll(clients.Select(client => client.StartAsync()));
        using var stop = new CancellationTokenSource();
        var chats = clients.Select((client, i) =>
            client.ChatAsync([names[(i + 1) % Clients], names[(i + 7) % Clients]], SendEvery, () => CancellationToken.None, stop.Token)).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = ledger.Acknowledged + 100 + Random.Shared.Next(100);
            await Eventually.TrueAsync(() => ledger.Acknowledged >= enough, "sends are acknowledged", Settle);
            await node.KillAsync();
            await node.StartAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(chats).Within(Settle);
        await Task.WhenAll(clients.Select(client => client.SettleAsync())).Within(Settle);
        await Eventually.TrueAsync(() => ledger.Missing().Count == 0, "all that was acknowledged arrives", Settle);
        ledger.Check();
        Assert.Equal(ledger.Begun, ledger.Acknowledged);
        log.WriteLine($"{ledger.Begun} sent and acknowledged");
        Assert.Empty(node.Output.Faults);
    }
}
