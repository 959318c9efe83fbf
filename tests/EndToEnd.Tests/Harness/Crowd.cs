using System.Diagnostics;
using System.Net;
using AkkaSockets.EndToEnd.Tests.Sockets;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// Many attached users of one node, who send each other durable messages while backends publish to them, and keep doing so through
/// whatever happens to the store. What is refused is repeated under its id; one sender in ten gives it up instead.
/// </summary>
internal sealed class Crowd : IAsyncDisposable
{
    public const int Users = 60;

    private const int Backends = 6;
    private static readonly TimeSpan SendEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(120);

    private readonly NodeProcess _node;
    private readonly ITestOutputHelper _log;
    private readonly Ledger _ledger = new();
    private readonly IReadOnlyList<CrowdUser> _users;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _publishing;
    private int _refusedSends;
    private int _refusedPublishes;
    private int _rounds;

    private Crowd(NodeProcess node, ITestOutputHelper log, Ledger ledger, IReadOnlyList<CrowdUser> users)
    {
        (_node, _log, _ledger, _users) = (node, log, ledger, users);
        _publishing = [.. users.Select((_, i) => SendAsync(i)), .. Enumerable.Range(0, Backends).Select(PublishAsync)];
    }

    /// <summary>Attaches everybody and sets them to work.</summary>
    public static async Task<Crowd> AttachAsync(NodeProcess node, ITestOutputHelper log)
    {
        var ledger = new Ledger();
        var users = await Task.WhenAll(Enumerable.Range(0, Users).Select(i => CrowdUser.AttachAsync(node, NameOf(i), ledger)));
        var crowd = new Crowd(node, log, ledger, users);
        await crowd.FlowsAsync();
        return crowd;
    }

    /// <summary>How many sends and publishes were refused so far.</summary>
    public int Refused => Volatile.Read(ref _refusedSends) + Volatile.Read(ref _refusedPublishes);

    public static string NameOf(int user) => $"user-{user}";

    /// <summary>Waits until some more of everything was acknowledged.</summary>
    public Task FlowsAsync()
    {
        var enough = _ledger.Acknowledged + (4 * Users);
        return WhileNobodyFailsAsync(() => _ledger.Acknowledged >= enough, "messages are acknowledged");
    }

    /// <summary>Waits until sends by socket and publishes by HTTP are being refused, as they should be.</summary>
    public Task IsRefusedAsync()
    {
        var (sends, publishes) = (Volatile.Read(ref _refusedSends) + Users, Volatile.Read(ref _refusedPublishes) + (2 * Backends));
        return WhileNobodyFailsAsync(() => Volatile.Read(ref _refusedSends) >= sends && Volatile.Read(ref _refusedPublishes) >= publishes, "publishers are refused");
    }

    /// <summary>Sends everybody an ephemeral message, by socket and by HTTP, and sees them come.</summary>
    public async Task EphemeralsFlowAsync()
    {
        var round = Interlocked.Increment(ref _rounds);
        await Task.WhenAll(_users.Select(async (user, i) =>
        {
            Assert.Equal(1, await _users[(i + 1) % Users].SendEphemeralAsync(user.Name, $"by-socket-{round}-{i}"));
            Assert.Equal(1, await _node.Backend.PublishEphemeralAsync(user.Name, $"\"by-http-{round}-{i}\""));
        }));
        await WhileNobodyFailsAsync(
            () => _users.Select((user, i) => user.GotEphemeral($"by-socket-{round}-{i}") && user.GotEphemeral($"by-http-{round}-{i}")).All(got => got),
            "ephemeral messages reach everybody");
    }

    /// <summary>Publishes a durable message to everybody, patiently, and sees it come: all are served again.</summary>
    public async Task IsServedAsync()
    {
        var clock = Stopwatch.StartNew();
        var from = $"after-{Interlocked.Increment(ref _rounds)}";
        await Task.WhenAll(_users.Select(user => PublishAsync(from, user.Name, giveUp: false)));
        await WhileNobodyFailsAsync(() => _ledger.Missing().Count == 0, "what was acknowledged arrives");
        _log.WriteLine($"everybody was served {clock.Elapsed.TotalSeconds:0.0} s after the store's return");
    }

    /// <summary>Ends all publishing, waits for what is under way, and holds what arrived against what was acknowledged. No socket may have ended.</summary>
    public async Task CheckAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_publishing).Within(Settle);
        await WhileNobodyFailsAsync(() => _ledger.Missing().Count == 0, "all that was acknowledged arrives");
        _log.WriteLine($"{_ledger.Begun} sent, {_ledger.Acknowledged} acknowledged, {_refusedSends} sends and {_refusedPublishes} publishes refused");
        _ledger.Check();
        Assert.All(_users, user => Assert.Null(user.Ended));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var user in _users) await user.DisposeAsync();
        // What failed has failed the test already, unless that ended before.
        await Task.WhenAll(_publishing).ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task SendAsync(int sender)
    {
        using var ticks = new PeriodicTimer(SendEvery);
        for (var turn = 0; await TickAsync(ticks); turn++)
        {
            var to = NameOf((sender + (turn % 2 == 0 ? 1 : 7)) % Users);
            var id = _ledger.Begin(_users[sender].Name, to);
            while (true)
            {
                var answer = await _users[sender].SendAsync(to, id);
                if (answer.Text("type") == "ok")
                {
                    _ledger.Acknowledge(id, to);
                    break;
                }
                ErrorCodesSpec.AssertError(answer, "unavailable", id, retry: true);
                Interlocked.Increment(ref _refusedSends);
                if (sender % 10 == 0) break;
                await Task.Delay(RepeatAfter);
            }
        }
    }

    private async Task PublishAsync(int backend)
    {
        using var ticks = new PeriodicTimer(PublishEvery);
        for (var turn = 0; await TickAsync(ticks); turn++)
            await PublishAsync($"backend-{backend}", NameOf(((backend * Users / Backends) + turn) % Users), giveUp: backend == 0);
    }

    private async Task PublishAsync(string from, string to, bool giveUp)
    {
        var id = _ledger.Begin(from, to);
        while (true)
        {
            var answer = await _node.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf(to), BackendClient.Body("1", id, ephemeral: false));
            if (answer.Status == HttpStatusCode.Created)
            {
                _ledger.Acknowledge(id, to);
                return;
            }
            Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{answer.Status}: {answer.Json}");
            Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            Interlocked.Increment(ref _refusedPublishes);
            if (giveUp) return;
            await Task.Delay(RepeatAfter);
        }
    }

    private async Task<bool> TickAsync(PeriodicTimer ticks)
    {
        try
        {
            return await ticks.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits, and ends at once with the fault of a publisher or the end of a socket.</summary>
    private Task WhileNobodyFailsAsync(Func<bool> condition, string what) => Eventually.TrueAsync(async () =>
    {
        foreach (var failed in _publishing.Where(task => task.IsFaulted)) await failed;
        if (_users.FirstOrDefault(user => user.Ended is not null) is { } gone) throw new InvalidOperationException($"The socket of {gone.Name} ended.", gone.Ended);
        return condition();
    }, what, Settle);
}
