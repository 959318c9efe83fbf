using System.Diagnostics;
using System.Globalization;

namespace AkkaSockets.Load;

/// <summary>A run: sockets are opened, messages go at their rate, what is missing is waited for.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    /// <summary>Sockets that wait for their <c>ready</c> at a time: what is measured is how fast servers take them, not how they bear a crowd.</summary>
    private const int MostOpening = 256;

    private readonly LoadOptions _options;
    private readonly Dialer _dialer;
    private readonly ApiPublisher _api;
    private readonly LoadUser[] _users;
    private readonly string _idPrefix = Guid.NewGuid().ToString("N")[..12];
    private long _asked, _ephemeralAsked, _underWay;

    public LoadRun(LoadOptions options)
    {
        _options = options;
        _dialer = new Dialer(options);
        Measured = new Measurements(options.Users);
        var mint = options.SigningKey is { } key ? new TokenMint(key) : null;
        _users = [.. Enumerable.Range(0, options.Users).Select(i => new LoadUser(i, options, _dialer, mint, Measured))];
        _api = new ApiPublisher(options, Measured.Errors);
    }

    public Measurements Measured { get; }

    public IReadOnlyList<LoadUser> Users => _users;

    public double AcceptsPerSecond { get; private set; }

    /// <summary>Durable messages that were to be sent.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    public long EphemeralAsked => Interlocked.Read(ref _ephemeralAsked);

    public string Phase { get; private set; } = "opening";

    public Stopwatch Clock { get; } = Stopwatch.StartNew();

    /// <summary>Opens, sends until the time is over or <paramref name="stop"/>, and waits for what is missing.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await OpenAsync(stop).ConfigureAwait(false);
            Phase = "sending";
            await SendAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What there is so far is told.
        }
        Phase = "settling";
        var started = Clock.Elapsed;
        // Who is between two sockets now is not gone: what is told at the end is how many are there.
        while (Interlocked.Read(ref _underWay) > 0
            || ((Measured.Ledger.Outstanding > 0 || _users.Any(user => user.IsComingBack)) && Clock.Elapsed - started < _options.Patience))
            await Task.Delay(50, CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_users.Select(user => user.DisposeAsync().AsTask())).ConfigureAwait(false);
        _api.Dispose();
        _dialer.Dispose();
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        var started = Clock.Elapsed;
        var opening = new List<Task>();
        using var places = new SemaphoreSlim(MostOpening);
        for (var i = 0; i < _users.Length; i++)
        {
            await places.WaitAsync(stop).ConfigureAwait(false);
            opening.Add(OpenAsync(_users[i], places, stop));
            var ahead = started + TimeSpan.FromSeconds((i + 1.0) / _options.OpenPerSecond) - Clock.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(10)) await Task.Delay(ahead, stop).ConfigureAwait(false);
        }
        await Task.WhenAll(opening).ConfigureAwait(false);
        AcceptsPerSecond = _options.Users / (Clock.Elapsed - started).TotalSeconds;
    }

    private static async Task OpenAsync(LoadUser user, SemaphoreSlim places, CancellationToken stop)
    {
        await user.StartAsync(stop).ConfigureAwait(false);
        places.Release();
    }

    private async Task SendAsync(CancellationToken stop)
    {
        var started = Clock.Elapsed;
        var (durable, ephemeral) = (0L, 0L);
        while (Clock.Elapsed - started is var elapsed && elapsed < _options.Duration && !stop.IsCancellationRequested)
        {
            for (; durable < elapsed.TotalSeconds * _options.Rate; durable++) Track(SendDurableAsync(durable));
            for (; ephemeral < elapsed.TotalSeconds * _options.EphemeralRate; ephemeral++) Track(SendEphemeralAsync(ephemeral));
            await Task.Delay(5, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task SendDurableAsync(long n)
    {
        Interlocked.Increment(ref _asked);
        var to = _users[(int)((n * 7919) % _users.Length)];
        var (id, data) = ($"{_idPrefix}-{n.ToString(CultureInfo.InvariantCulture)}", LoadUser.NewData(_options.Bytes));
        if (_options.Apis.Count == 0 || n % 100 >= _options.ApiShare * 100)
        {
            await _users[(int)(n % _users.Length)].SendAsync(to, id, data, _options.AckPatience).ConfigureAwait(false);
            return;
        }
        var started = Stopwatch.GetTimestamp();
        if (await _api.PublishAsync(to.Name, id, data).ConfigureAwait(false) is { } seq)
        {
            to.Acknowledged(id, seq);
            Measured.Answers.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        else
        {
            to.GivenUp(id);
        }
    }

    private Task SendEphemeralAsync(long n)
    {
        Interlocked.Increment(ref _ephemeralAsked);
        return _users[(int)(n % _users.Length)].SendEphemeralAsync(_users[(int)((n * 104_729) % _users.Length)], LoadUser.NewData(_options.Bytes));
    }

    private async void Track(Task task)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await task.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
