using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AkkaSockets.Load;
using AkkaSockets.Peers.Measuring;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Sockets;

/// <summary>Many clients of one contender.</summary>
internal sealed class Crowd : ISocketHome, IAsyncDisposable
{
    /// <summary>Sockets that wait to be served at a time: what is measured is how fast servers take them, not how they bear a herd.</summary>
    private const int MostOpening = 128;

    /// <summary>How often a socket is tried that a server does not take, as clients do.</summary>
    private const int MostTries = 10;

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan UpkeepEvery = TimeSpan.FromSeconds(1);

    /// <summary>As SignalR's clients have it.</summary>
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(15);

    // Each has some 28,000 ports towards one server.
    private static readonly IPAddress[] Sources = [.. Enumerable.Range(2, 4).Select(last => IPAddress.Parse($"127.0.0.{last}"))];

    private readonly IWire _wire;
    private readonly IReadOnlyList<IPEndPoint> _nodes;
    private readonly ConcurrentBag<PeerSocket> _opened = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _upkeep;
    private Window? _window;
    private int _sources;

    public Crowd(IWire wire, IReadOnlyList<IPEndPoint> nodes)
    {
        (_wire, _nodes) = (wire, nodes);
        _upkeep = UpkeepAsync();
    }

    /// <summary>What servers refused or closed, by its name.</summary>
    public Tally Troubles { get; } = new();

    /// <summary>Is told of sockets that are lost.</summary>
    public Action<PeerSocket>? Lost { get; set; }

    /// <summary>Is told of messages that come, with the moments they were sent; from any thread.</summary>
    public Action<PeerSocket, long>? Heard { get; set; }

    public int Open => _opened.Count(socket => socket.IsOpen);

    /// <summary>Where what comes is counted from now on.</summary>
    public void Count(Window? window) => Volatile.Write(ref _window, window);

    /// <summary>Opens one socket for each of these, those that are refused again after a moment, and returns when all are served.</summary>
    /// <exception cref="UpgradeRefusedException">A server does not take one at all.</exception>
    public async Task<PeerSocket[]> OpenAsync(IEnumerable<Place> places, CancellationToken stop)
    {
        using var turns = new SemaphoreSlim(MostOpening);
        var opening = new List<Task<PeerSocket>>();
        foreach (var place in places)
        {
            await turns.WaitAsync(stop).ConfigureAwait(false);
            opening.Add(OpenInTurnAsync(place, turns, stop));
        }
        return await Task.WhenAll(opening).ConfigureAwait(false);
    }

    /// <summary>Opens one.</summary>
    public async Task<PeerSocket> OpenAsync(Place place, CancellationToken stop)
    {
        var socket = new PeerSocket(_wire, place.User, place.Device, this);
        var source = Sources[(uint)Interlocked.Increment(ref _sources) % Sources.Length];
        await socket.ConnectAsync(place.Node, _nodes[place.Node % _nodes.Count], source, stop).ConfigureAwait(false);
        _opened.Add(socket);
        return socket;
    }

    /// <summary>Opens those anew that are lost.</summary>
    /// <param name="sockets">Of these places, in their order; the new ones take the places of the lost.</param>
    public async Task RepairAsync(PeerSocket[] sockets, IReadOnlyList<Place> places, CancellationToken stop)
    {
        int[] lost = [.. Enumerable.Range(0, sockets.Length).Where(i => !sockets[i].IsOpen)];
        var opened = await OpenAsync(lost.Select(i => places[i]), stop).ConfigureAwait(false);
        for (var i = 0; i < lost.Length; i++) sockets[lost[i]] = opened[i];
    }

    public void OnMessage(PeerSocket socket, long sentAt, long number)
    {
        Volatile.Read(ref _window)?.Arrived(sentAt, number);
        Heard?.Invoke(socket, sentAt);
    }

    public void OnAcknowledged(long number) => Volatile.Read(ref _window)?.Acknowledged(number);

    public void OnTrouble(string what) => Troubles.Add(what);

    public void OnLost(PeerSocket socket)
    {
        Troubles.Add("lost sockets");
        Lost?.Invoke(socket);
    }

    public async ValueTask DisposeAsync()
    {
        Lost = null;
        await _end.CancelAsync().ConfigureAwait(false);
        foreach (var socket in _opened) socket.Dispose();
        await _upkeep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task<PeerSocket> OpenInTurnAsync(Place place, SemaphoreSlim turns, CancellationToken stop)
    {
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await OpenAsync(place, stop).ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is SocketException or UpgradeRefusedException)
                {
                    var status = fault is UpgradeRefusedException refused ? refused.Status : $"{((SocketException)fault).SocketErrorCode}";
                    Troubles.Add($"refused: {status}");
                    if (tries == MostTries) throw new UpgradeRefusedException($"{status}, {MostTries} times; all that went wrong: {Tally.Describe(Troubles.ToDictionary())}");
                    await Task.Delay(TryAgain * (0.5 + (Random.Shared.NextDouble() / 2)), stop).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task UpkeepAsync()
    {
        using var ticks = new PeriodicTimer(UpkeepEvery);
        for (var tick = 1; await ticks.WaitForNextTickAsync(_end.Token).ConfigureAwait(false); tick++)
        {
            // A part of them each second, not all at once.
            var (round, i) = ((int)AliveEvery.TotalSeconds, 0);
            foreach (var socket in _opened)
            {
                if (socket.IsOpen) socket.Upkeep(i % round == tick % round);
                i++;
            }
        }
    }
}

/// <summary>Who connects where.</summary>
/// <param name="Node">From 0; where there is one node, all are it.</param>
internal sealed record Place(string User, int Node, string? Device = null);
