using System.Net;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// Users of a cluster, spread over its nodes, who send each other durable messages with the client library, through whatever happens; each comes back to the node it
/// was first at, or through a balancer. A backend publishes now and then. All of it is held against one ledger.
/// </summary>
internal sealed class ChattingCrowd : IAsyncDisposable
{
    private const string Backend = "backend";
    private static readonly TimeSpan SendEvery = TimeSpan.FromMilliseconds(400);

    // What takes that long is a cluster that noticed a loss and got over it, on a machine that has much else to do.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    // More at once, and the last of them waits for the others on a machine that has much else to do.
    private const int StartTogether = 20;

    private readonly Ledger _ledger = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<NodeProcess> _nodes;
    private readonly IReadOnlyList<Chatter> _clients;
    private Task _chats = Task.CompletedTask;

    private ChattingCrowd(IReadOnlyList<NodeProcess> nodes, int users, Uri? through)
    {
        _nodes = nodes;
        Names = [.. Enumerable.Range(0, users).Select(i => $"user-{i}")];
        _clients = [.. Names.Select((name, i) => through is null ? new Chatter(nodes[i % nodes.Count], name, _ledger) : new Chatter(through, name, _ledger))];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<Chatter> Clients => _clients;

    /// <summary>One in which messages flow.</summary>
    /// <param name="through">The balancer; null: the nodes themselves.</param>
    public static async Task<ChattingCrowd> StartAsync(IReadOnlyList<NodeProcess> nodes, int users, Uri? through = null)
    {
        var crowd = new ChattingCrowd(nodes, users, through);
        // A large crowd is no louder than one of forty.
        var every = SendEvery * Math.Max(1, users / 40.0);
        foreach (var some in crowd._clients.Chunk(StartTogether)) await Task.WhenAll(some.Select(client => client.StartAsync()));
        crowd._chats = Task.WhenAll(crowd._clients.Select((client, i) =>
            client.ChatAsync([crowd.Names[(i + 1) % users], crowd.Names[(i + 7) % users]], every, () => CancellationToken.None, crowd._stop.Token)));
        await crowd.FlowsAsync();
        return crowd;
    }

    /// <summary>Waits until each user has got some more.</summary>
    public Task FlowsAsync()
    {
        var enough = Names.ToDictionary(name => name, name => _ledger.CountOf(name) + 3);
        return Eventually.TrueAsync(() => Names.All(name => _ledger.CountOf(name) >= enough[name]), "messages reach everybody", Settle);
    }

    /// <summary>The users whom this node has.</summary>
    public async Task<IReadOnlyList<string>> OwnedByAsync(NodeProcess node)
    {
        var owners = await Task.WhenAll(Names.Select(name => node.Backend.DescribeAsync(name)));
        return [.. Names.Where((_, i) => owners[i].Text("node") == node["Cluster:NodeName"])];
    }

    /// <summary>As a backend that is told 503 does: publishes under one id until it is accepted.</summary>
    public async Task PublishAsync(NodeProcess through, string user)
    {
        var id = _ledger.Begin(Backend, user);
        await ProcessCluster.PublishUntilAcceptedAsync(through, user, id);
        _ledger.Acknowledge(id, user);
    }

    /// <summary>Publishes, and does not ask again: what is refused, or not answered, may have been stored or not. True when it was accepted.</summary>
    public async Task<bool> TryPublishAsync(NodeProcess through, string user)
    {
        var id = _ledger.Begin(Backend, user);
        try
        {
            var answer = await through.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf(user), BackendClient.Body("1", id, ephemeral: false));
            if (answer.Status != HttpStatusCode.Created) return false;
            _ledger.Acknowledge(id, user);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // It ended meanwhile.
            return false;
        }
    }

    /// <summary>
    /// Ends the chat and holds what arrived against what was acknowledged: nothing is missing, came twice or out of order, every user has all of its log, and each
    /// log is one.
    /// </summary>
    public async Task CheckAsync(ProcessCluster cluster)
    {
        await _stop.CancelAsync();
        await _chats.Within(Settle);
        await Task.WhenAll(_clients.Select(client => client.SettleAsync())).Within(Settle);
        foreach (var name in Names)
        {
            await Eventually.TrueAsync(
                async () => (await _nodes[0].Backend.DescribeAsync(name)).Number("head") == _ledger.CountOf(name), $"{name} has all that is in the log", Settle);
            await StoredLog.AssertOneAsync(cluster.Redis, name);
        }
        _ledger.Check();
    }

    /// <summary>
    /// After the check: sees that the socket got its user's whole log from where it began, once and in order, with the help of another one if it was closed. Before that there is what the user's other
    /// devices had acknowledged.
    /// </summary>
    public async Task HasAllAsync(WatchedSocket socket)
    {
        var first = (int)socket.Ready.Number("seq") + 1;
        var all = Enumerable.Range(first, _ledger.CountOf(socket.User) - first + 1).Select(seq => (long)seq).ToList();
        var former = socket.Closed.IsCompleted ? socket.Seqs : [];
        await using var resumed = socket.Closed.IsCompleted ? await socket.ResumeAsync(_nodes[0]) : null;
        var now = resumed ?? socket;
        await Eventually.TrueAsync(() => former.Count + now.Seqs.Count >= all.Count, $"{socket.Device} of {socket.User}, which had {now.Seqs.Count} and was told to reconnect {now.Reconnects.Count} times, has all {all.Count} that are in the log", Settle);
        Assert.Equal(all, [.. former, .. now.Seqs]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var client in _clients) await client.DisposeAsync();
        _stop.Dispose();
    }
}
