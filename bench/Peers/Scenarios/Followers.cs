using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using AkkaSockets.Load;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>Users with this repository's own client library, who follow a cluster that changes, and durable messages between them, which are all accounted for.</summary>
internal sealed class Followers : IAsyncDisposable
{
    private const int MostOpening = 128;

    private readonly LoadOptions _options;
    private readonly Dialer _dialer;
    private readonly Measurements _measured;
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();

    public Followers(Stage stage, Servers servers, int users)
    {
        _options = new LoadOptions
        {
            Urls = [.. servers.Nodes.Select(node => node.Plan.Clients!)],
            SourceAddresses = [.. Enumerable.Range(2, 4).Select(last => IPAddress.Parse($"127.0.0.{last}"))],
            SigningKey = stage.SigningKey,
            Apis = [],
            ApiKey = null,
            Users = users,
            Rate = 0,
            ApiShare = 0,
            EphemeralRate = 0,
            Duration = TimeSpan.Zero,
            AckPatience = stage.Sizes.Patience,
            Patience = stage.Sizes.Patience,
            Bytes = 64,
            OpenPerSecond = 1_000_000,
            UserPrefix = "f",
            Json = false,
        };
        (_dialer, _measured) = (new Dialer(_options), new Measurements(users));
        Users = [.. Enumerable.Range(0, users).Select(i => new LoadUser(i, _options, _dialer, new TokenMint(stage.SigningKey), _measured))];
    }

    public IReadOnlyList<LoadUser> Users { get; }

    public Ledger Ledger => _measured.Ledger;

    /// <summary>All that went wrong, for people.</summary>
    public string Troubles => $"{Tally.Describe(_measured.Errors.ToDictionary())}; closes: {Tally.Describe(_measured.Closes.ToDictionary())}";

    /// <summary>Returns when all are connected.</summary>
    public async Task OpenAsync(CancellationToken stop) =>
        await Parallel.ForEachAsync(Users, new ParallelOptions { MaxDegreeOfParallelism = MostOpening, CancellationToken = stop }, async (user, token) => await user.StartAsync(token).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Durable messages to these users in turn, until <paramref name="end"/>.</summary>
    public Task SendAsync(IReadOnlyList<LoadUser> receivers, double perSecond, CancellationToken end) => Pacer.RunAsync(perSecond, TimeSpan.FromHours(1), (n, _) =>
    {
        var sending = Users[(int)(n * 7919L % Users.Count)].SendAsync(receivers[n % receivers.Count], n.ToString(CultureInfo.InvariantCulture), LoadUser.NewData(_options.Bytes), _options.AckPatience);
        if (sending.IsCompleted) return;
        _underWay[sending] = true;
        sending.ContinueWith(done => _underWay.TryRemove(KeyValuePair.Create(done, true)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }, end);

    /// <summary>Waits for what is under way and for what was acknowledged, and tells what is missing.</summary>
    public async Task SettleAsync(Stage stage, string metric, CancellationToken stop)
    {
        await Task.WhenAll(_underWay.Keys).WaitAsync(stop).ConfigureAwait(false);
        await Patience.UntilAsync(() => Ledger.Outstanding == 0, _options.Patience, stop).ConfigureAwait(false);
        stage.Add(metric, Ledger.Outstanding);
        stage.Results.Settle(Ledger.Acknowledged, Ledger.Outstanding);
        if (Ledger.Outstanding > 0 || Ledger.Duplicated > 0 || Ledger.Reordered > 0)
            stage.Results.Fault(stage.Contender, $"of {Ledger.Acknowledged} acknowledged messages {Ledger.Outstanding} were lost, {Ledger.Duplicated} came twice, {Ledger.Reordered} in the wrong order ({Troubles})");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Users.Select(user => user.DisposeAsync().AsTask())).ConfigureAwait(false);
        _dialer.Dispose();
    }
}
