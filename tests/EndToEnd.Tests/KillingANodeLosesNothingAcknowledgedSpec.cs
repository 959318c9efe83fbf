using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

[Collection(Heavy.Name)]
public sealed class KillingANodeLosesNothingAcknowledgedSpec(ITestOutputHelper log)
{
    private const int Clients = 100;
    private const int Kills = 10;

    // Each client: 200 a second from all of them.
    private static readonly TimeSpan SendEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Killing_a_node_ten_times_loses_nothing_acknowledged_and_repeats_nothing()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var ledger = new Ledger();
        var names = Enumerable.Range(0, Clients).Select(i => $"user-{i}").ToList();
        var clients = names.Select(name => new Chatter(node, name, ledger)).ToList();
        await Task.WhenAll(clients.Select(client => client.StartAsync()));

        using var stop = new CancellationTokenSource();
        var untilKill = new CancellationTokenSource();
        // One in ten gives up what is unanswered when the node dies: that may arrive or not. The others' clients repeat it.
        CancellationToken PatienceOf(int client) => client % 10 == 0 ? Volatile.Read(ref untilKill).Token : CancellationToken.None;
        var chats = clients.Select((client, i) =>
            client.ChatAsync([names[(i + 1) % Clients], names[(i + 7) % Clients]], SendEvery, () => PatienceOf(i), stop.Token)).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = ledger.Acknowledged + 200 + Random.Shared.Next(200);
            await Eventually.TrueAsync(() => ledger.Acknowledged >= enough, "sends are acknowledged", Settle);
            await node.KillAsync();
            // Not disposed: a send that begins now may be about to take its token.
            await Interlocked.Exchange(ref untilKill, new CancellationTokenSource()).CancelAsync();
            await node.StartAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(chats).Within(Settle);
        await Task.WhenAll(clients.Select(client => client.SettleAsync())).Within(Settle);
        await Eventually.TrueAsync(() => ledger.Missing().Count == 0, "all that was acknowledged arrives", Settle);
        ledger.Check();
        log.WriteLine($"{ledger.Begun} sent, {ledger.Acknowledged} acknowledged");
        Assert.Empty(node.Output.Faults);
    }
}
