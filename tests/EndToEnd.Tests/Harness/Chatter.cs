using System.Collections.Concurrent;
using System.Text;
using AkkaSockets.Client;
using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Frames;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A well-behaved client that sends at a steady pace to others, whatever becomes of the server, and enters all of it in a ledger.</summary>
internal sealed class Chatter : IAsyncDisposable
{
    private readonly Ledger _ledger;
    private readonly AkkaSocketsClient _client;
    private readonly ConcurrentBag<Task> _sends = [];
    private readonly ConcurrentQueue<string> _told = [];
    private readonly ConcurrentQueue<int> _closes = [];
    private int _failures, _mostFailures;
    private Task _receiving = Task.CompletedTask;

    public Chatter(NodeProcess node, string name, Ledger ledger)
        : this(node.SocketUrl, name, ledger) => node.Own(this);

    public Chatter(Uri url, string name, Ledger ledger)
    {
        (Name, _ledger) = (name, ledger);
        _client = new AkkaSocketsClient(new AkkaSocketsClientOptions
        {
            Url = url,
            DevelopmentUser = name,
            Device = "phone",
            BackoffBase = TimeSpan.FromMilliseconds(100),
            BackoffCap = TimeSpan.FromSeconds(1),
        });
        _client.FrameSeen += OnFrame;
        _client.SocketEnded += OnSocketEnded;
        _client.Reconnecting += (_, why) => OnReconnecting(why.Reason);
    }

    public string Name { get; }

    /// <summary>The reasons of the reconnect frames it got.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <summary>How its sockets ended, but for those that it had left or replaced itself: the servers' codes, and 1006 for what broke.</summary>
    public IReadOnlyCollection<int> Closes => _closes;

    /// <summary>The most attempts to connect that failed one after the other.</summary>
    public int FailuresInARow => Volatile.Read(ref _mostFailures);

    public async Task StartAsync()
    {
        await _client.StartAsync().Within();
        _receiving = ReceiveAsync();
    }

    /// <summary>Sends one message to each of <paramref name="others"/> in turn, one an interval, until told to stop.</summary>
    /// <param name="patience">How long a send begun now may be waited for.</param>
    public async Task ChatAsync(IReadOnlyList<string> others, TimeSpan interval, Func<CancellationToken> patience, CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(interval);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            _sends.Add(SendAsync(others[i % others.Count], patience()));
            try
            {
                await ticks.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Ends when every send has its answer or was given up.</summary>
    public Task SettleAsync() => Task.WhenAll(_sends);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _receiving;
    }

    private async Task SendAsync(string to, CancellationToken patience)
    {
        var id = _ledger.Begin(Name, to);
        try
        {
            await _client.SendAsync(to, Encoding.UTF8.GetBytes($"\"{id}\""), id, patience);
            _ledger.Acknowledge(id, to);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Given up: it may have arrived or not.
        }
    }

    private void OnFrame(ServerFrame frame)
    {
        if (frame is ReadyFrame) Volatile.Write(ref _failures, 0);
        if (frame is ReconnectFrame reconnect) _told.Enqueue(reconnect.Reason!);
    }

    private void OnSocketEnded(Cause cause)
    {
        if (cause.CloseCode is { } code and not (CloseCodes.Normal or CloseCodes.Replaced)) _closes.Enqueue(code);
    }

    private void OnReconnecting(ReconnectReason reason)
    {
        if (reason is not (ReconnectReason.Refused or ReconnectReason.Failed)) return;
        var failures = Interlocked.Increment(ref _failures);
        if (failures > FailuresInARow) Volatile.Write(ref _mostFailures, failures);
    }

    private async Task ReceiveAsync()
    {
        await foreach (var message in _client.Messages()) _ledger.Receive(Name, message);
    }
}
