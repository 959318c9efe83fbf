using AkkaSockets.Persistence.Redis.Tests.Faults;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Setups;

/// <summary>Redis Cluster, where the keys of one persistence id have to share a hash tag.</summary>
public sealed class ClusterSpec
{
    private static string Tag(string persistenceId) => $"{{__{persistenceId}}}.";

    [RedisTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Logs_and_snapshots_of_all_slots_are_written_fenced_and_recovered(int nodes)
    {
        await using var cluster = await RedisCluster.StartAsync(nodes);
        await using var systems = new Systems();
        // One node is enough to find the others.
        var system = systems.Start(cluster.Nodes[0].ConnectionString);
        var ledgers = Enumerable.Range(0, 50).Select(n => new LedgerClient(system, $"p-{n}")).ToArray();
        await Task.WhenAll(ledgers.Select(async ledger =>
        {
            await ledger.AddAsync("a", "b");
            await ledger.SaveAsync();
            await ledger.AddAsync("c");
            await ledger.ForgetAsync();
            Assert.Equal(["a", "b", "c"], await ledger.ReadAsync());
            (await RawLog.ReadAsync(cluster.ConnectionString, ledger.PersistenceId, Tag(ledger.PersistenceId))).Holds(["a", "b", "c"]);
        }));

        var second = systems.Ledger(cluster.ConnectionString, "p-7");
        await second.AddAsync("d");
        await Assert.ThrowsAsync<SecondWriterException>(() => ledgers[7].AddAsync("e"));
        Assert.Equal(["a", "b", "c", "d"], await ledgers[7].ReadAsync());
    }

    [RedisFact]
    public async Task The_keys_carry_the_tag_before_the_prefix_and_the_nodes_share_them()
    {
        await using var cluster = await RedisCluster.StartAsync(3);
        await using var systems = new Systems();
        var system = systems.Start(cluster.ConnectionString, """
            akka.persistence.journal.redis { key-prefix = "x:", database = 3 }
            akka.persistence.snapshot-store.redis { key-prefix = "x:", database = 3 }
            """);
        var ids = Enumerable.Range(0, 30).Select(n => $"p-{n}").ToArray();
        await Task.WhenAll(ids.Select(async id =>
        {
            var ledger = new LedgerClient(system, id);
            await ledger.AddAsync("a");
            await ledger.SaveAsync();
        }));
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(cluster.ConnectionString);
        var keys = multiplexer.GetServers().Select(s => s.Keys().Select(k => (string)k!).ToArray()).ToArray();
        Assert.All(keys, k => Assert.NotEmpty(k));
        Assert.Equal(
            ids.SelectMany(id => new[]
            {
                $"{Tag(id)}x:journal:persisted:{id}", $"{Tag(id)}x:journal:persisted:{id}:highestSequenceNr", $"{Tag(id)}x:snapshot:{id}",
            }).Order(),
            keys.SelectMany(k => k).Order());
    }

    [RedisFact]
    public async Task A_node_that_is_away_takes_its_own_logs_along_and_brings_them_back()
    {
        await using var cluster = await RedisCluster.StartAsync(3);
        await using var systems = new Systems();
        var system = systems.Start($"{cluster.ConnectionString}{Patience.None}");
        var ledgers = Enumerable.Range(0, 12).Select(n => new LedgerClient(system, $"p-{n}")).ToArray();
        foreach (var ledger in ledgers) await ledger.AddUntilAcknowledgedAsync("a");
        var holders = await Task.WhenAll(ledgers.Select(l => cluster.HolderAsync($"{Tag(l.PersistenceId)}journal:persisted:{l.PersistenceId}")));
        var away = cluster.Nodes[2];
        Assert.Contains(away, holders);
        Assert.Contains(holders, h => h != away);

        await away.KillAsync();
        foreach (var (ledger, holder) in ledgers.Zip(holders))
        {
            if (holder == away) await Assert.ThrowsAsync<RedisStoreException>(() => ledger.AddAsync("b"));
            else await ledger.AddUntilAcknowledgedAsync("b");
        }
        await away.StartAgainAsync();
        foreach (var ledger in ledgers)
        {
            await ledger.AddUntilAcknowledgedAsync("b");
            (await RawLog.ReadAsync(cluster.ConnectionString, ledger.PersistenceId, Tag(ledger.PersistenceId))).Holds(["a", "b"]);
        }
    }

    [RedisFact]
    public async Task A_slot_that_moves_to_another_node_is_followed()
    {
        await using var cluster = await RedisCluster.StartAsync(3);
        await using var systems = new Systems();
        var ledger = systems.Ledger(cluster.ConnectionString, "p");
        await ledger.AddAsync("a");
        var from = await cluster.HolderAsync(Tag("p"));
        var to = cluster.Nodes.First(n => n != from);
        await cluster.MoveSlotAsync(Tag("p"), from, to, [$"{Tag("p")}journal:persisted:p", $"{Tag("p")}journal:persisted:p:highestSequenceNr"]);
        await ledger.AddUntilAcknowledgedAsync("b");
        await ledger.ForgetAsync();
        Assert.Equal(["a", "b"], await ledger.ReadAsync());
        Assert.Equal(to, await cluster.HolderAsync(Tag("p")));
    }
}
