using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>What operators leave behind on the nodes: nothing, however they go.</summary>
[Collection(Heavy.Name)]
public sealed class FiftyClientsSpec(ITestOutputHelper log)
{
    private const int Clients = 50;

    // What a node may open meanwhile for its own purposes.
    private const int Spare = 5;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);

    // Of each ten clients eight follow something, and five are killed while they do.
    private static readonly string[] Commands =
    [
        "cluster tail", "sockets tail", "sharding tail", "log tail --level debug", "sockets tail",
        "cluster tail", "sharding tail", "log tail", "cluster show", "actor hierarchy --path /user",
    ];

    private static readonly string[] OneShots = ["sharding show", "sockets show", "node status", "users show --user nobody", "sharding plan --join node-3"];

    [RedisFact]
    public async Task Half_of_them_killed_in_the_middle_they_leave_nothing_on_either_node()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        // Every dead letter is told: one that is sent to who is gone is from somebody who still tells it things.
        var program = BuiltNode.With("akka.log-dead-letters = on");
        await using var first = Node(redis, program, "node-1", null);
        await first.StartAsync();
        await using var second = Node(redis, program, "node-2", first["Cluster:Port"]);
        await second.StartAsync();
        using var watcher = new AdminCaller(first);
        await Eventually.TrueAsync(async () => (await watcher.RunAsync("sharding show")).Any(row => row.Has("node-2") && row.Number("shards") == 128), "two nodes share the shards", Settle);

        // What is made once, for the first clients, is no leak.
        for (var i = 0; i < 2; i++) await RoundAsync(first, second, Commands.Length, watcher, null);
        await Eventually.TrueAsync(async () => await watcher.CountCommandsAsync() == 0, "the actors of the first clients are gone", Settle);
        var before = await CountAsync(first, watcher);

        await RoundAsync(first, second, Clients, watcher, before);

        await Eventually.TrueAsync(async () => await CountAsync(first, watcher) is var now && now.Actors <= before.Actors && now.Files < before.Files + Spare,
            $"the node has what it had before: {before}", Settle);
        await NobodyIsToldAsync(first, second, watcher);
        // A node that joins on a busy machine has errors of its own.
        foreach (var node in (NodeProcess[])[first, second])
        {
            Assert.DoesNotContain("AdminService", node.Output.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("AdminActor", string.Join('\n', node.Output.Faults), StringComparison.Ordinal);
            Assert.DoesNotContain("can't be followed", node.Output.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>All begin, all are served, half are killed while they follow something, and the others end as pbm does.</summary>
    private async Task RoundAsync(NodeProcess first, NodeProcess second, int count, AdminCaller watcher, Footprint? before)
    {
        var clients = Enumerable.Range(0, count).Select(i => (Caller: new AdminCaller(first), Command: Commands[i % Commands.Length], IsKilled: i % Commands.Length < 5)).ToList();
        var answers = clients.Select(client => client.Caller.Begin(client.Command)).ToList();
        // Each has something to follow: sockets of either node, for as long as it takes.
        using var stop = new CancellationTokenSource();
        var traffic = TrafficAsync([first, second], stop.Token);
        var served = Task.WhenAll(clients.Zip(answers).Select(async at =>
        {
            if (at.First.Command is "cluster show" or "actor hierarchy --path /user")
            {
                Assert.NotEmpty(await at.Second.ReadToEndAsync().Within(Settle));
                foreach (var command in OneShots) Assert.NotEmpty(await at.First.Caller.RunAsync(command));
            }
            else if (at.First.Command is "sharding tail" or "log tail" or "cluster tail")
            {
                // Nothing may happen there, and the table comes at once.
                Assert.True(await at.Second.NextAsync().Within(Settle));
            }
            else
            {
                await at.Second.ReadUntilAsync(answer => answer.Rows.Count >= 3, "three things happen", Settle);
            }
        }));
        // Traffic that fails is why nothing is told: that is said then.
        await await Task.WhenAny(served, traffic);
        if (before is { } least)
        {
            // Counts that have them all overlook none later. A tail of the log has no actor.
            var tails = clients.Count(client => client.Command.EndsWith(" tail", StringComparison.Ordinal) && !client.Command.StartsWith("log", StringComparison.Ordinal));
            await Eventually.TrueAsync(async () => await CountAsync(first, watcher) is var now && now.Actors >= least.Actors + tails && now.Files >= least.Files + count,
                $"{count} clients are seen on top of {least}", Settle);
        }

        // While all of it goes on.
        for (var i = 0; i < count; i++)
        {
            if (clients[i].IsKilled) clients[i].Caller.Kill(isReset: i % 2 == 0);
        }
        foreach (var answer in answers) answer.Dispose();
        foreach (var client in clients) client.Caller.Dispose();
        await stop.CancelAsync();
        await traffic;
    }

    /// <summary>
    /// News of the second node reach a follower who lives, and in the same time nobody who is gone: whom that node told still, it would tell this, too, and the first would call it a dead letter.
    /// </summary>
    private static async Task NobodyIsToldAsync(NodeProcess first, NodeProcess second, AdminCaller watcher)
    {
        var probes = 0;
        await Eventually.TrueAsync(async () =>
        {
            var from = first.Output.Count;
            using var sockets = watcher.Begin("sockets tail");
            using var shards = watcher.Begin("sharding tail");
            sockets.Follow();
            shards.Follow();
            for (var patience = new Patience(Settle); !await IsToldAsync(); _ = patience.Left)
            {
            }
            var told = first.Output.From(from);
            return !told.Contains("Message [SocketNews]", StringComparison.Ordinal) && !told.Contains("Message [ShardNews]", StringComparison.Ordinal);

            async Task<bool> IsToldAsync()
            {
                // A new user each time: one of these has the second node start a shard. Not too many, for it has 128 to start.
                await using var socket = (await RawSocket.ReadyAsync(second, $"?user=probe-{probes++}")).Socket;
                try
                {
                    await Eventually.TrueAsync(
                        () => sockets.Rows.Any(row => row["node"] == "node-2") && shards.Rows.Any(row => row["event"] == "started" && row["to"] == "node-2"), "who follows is told", Probe);
                    return true;
                }
                catch (TimeoutException)
                {
                    return false;
                }
            }
        }, "the second node tells nobody who is gone", Settle);
    }

    private static async Task TrafficAsync(IReadOnlyList<NodeProcess> nodes, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await using var socket = (await RawSocket.ReadyAsync(nodes[i % nodes.Count], $"?user=user-{i % 8}")).Socket;
        }
    }

    private static async Task<Footprint> CountAsync(NodeProcess node, AdminCaller watcher) => new(await watcher.CountCommandsAsync(), node.OpenFiles);

    private NodeProcess Node(RedisProcess redis, string program, string name, string? seed) => new(
        log, [("Persistence:Provider", "redis"), ("Persistence:Redis", redis.ConnectionString), ("Cluster:NodeName", name), .. seed is null ? ((string, object?)[])[] : [("Cluster:Seeds", $"127.0.0.1:{seed}")]])
    {
        Program = program,
    };

    private sealed record Footprint(int Actors, int Files);
}
