using System.Diagnostics;

namespace AkkaSockets.Load;

/// <summary>A run: sockets are opened, messages go at their rate, what is missing is waited for.</summary>
internal sealed class LoadRun(LoadOptions options) : IAsyncDisposable
{
    private readonly List<LoadUser> _users = [];
    private readonly ApiPublisher _api = new(options);
    private readonly List<Task> _sending = [];
    private long _asked;

    public Ledger Ledger { get; } = new(options.Users);

    public Histogram Delivery { get; } = new();

    /// <summary>From a durable send to its acceptance.</summary>
    public Histogram Answers { get; } = new();

    public IReadOnlyList<LoadUser> Users => _users;

    public double AcceptsPerSecond { get; private set; }

    public long Asked => Interlocked.Read(ref _asked);

    public TimeSpan Elapsed { get; private set; }

    public async Task OpenAsync(CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var opening = new List<Task>();
        for (var i = 0; i < options.Users; i++)
        {
            var user = new LoadUser(i, options, Ledger, Delivery);
            _users.Add(user);
            opening.Add(user.StartAsync(stop));
            var ahead = TimeSpan.FromSeconds((i + 1.0) / options.OpenPerSecond) - Stopwatch.GetElapsedTime(started);
            if (ahead > TimeSpan.FromMilliseconds(10)) await Task.Delay(ahead, stop).ConfigureAwait(false);
        }
        await Task.WhenAll(opening).ConfigureAwait(false);
        AcceptsPerSecond = options.Users / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Sends until the time is over or <paramref name="stop"/>, then waits for the answers.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var (durable, ephemeral) = (0L, 0L);
        while ((Elapsed = Stopwatch.GetElapsedTime(started)) < options.Duration && !stop.IsCancellationRequested)
        {
            for (; durable < Elapsed.TotalSeconds * options.Rate; durable++) Track(SendDurableAsync(durable));
            for (; ephemeral < Elapsed.TotalSeconds * options.EphemeralRate; ephemeral++) Track(SendEphemeralAsync(ephemeral));
            await Task.Delay(5, CancellationToken.None).ConfigureAwait(false);
        }
        await Task.WhenAll(_sending).WaitAsync(TimeSpan.FromMinutes(2), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until all that was accepted has come, or patience ends.</summary>
    public async Task SettleAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Ledger.Missing().Count > 0 && Stopwatch.GetElapsedTime(started) < options.Patience) await Task.Delay(100).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await Task.WhenAll(_users.Select(user => user.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private async Task SendDurableAsync(long n)
    {
        Interlocked.Increment(ref _asked);
        var to = _users[(int)((n * 7919) % _users.Count)];
        var data = LoadUser.NewData(options.Bytes);
        if (options.Apis.Count == 0 || n % 100 >= options.ApiShare * 100)
        {
            await _users[(int)(n % _users.Count)].SendAsync(to, data, Answers, CancellationToken.None).ConfigureAwait(false);
            return;
        }
        var (id, started) = (Guid.NewGuid().ToString("N"), Stopwatch.GetTimestamp());
        if (await _api.PublishAsync(to.Name, id, data, CancellationToken.None).ConfigureAwait(false))
        {
            to.Accepted(id);
            Answers.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        else
        {
            Ledger.Refuse();
        }
    }

    private Task SendEphemeralAsync(long n) =>
        _users[(int)(n % _users.Count)].SendEphemeralAsync(_users[(int)((n * 104_729) % _users.Count)], LoadUser.NewData(options.Bytes), CancellationToken.None);

    private void Track(Task task)
    {
        if (_sending.Count > 100_000) _sending.RemoveAll(done => done.IsCompletedSuccessfully);
        _sending.Add(task);
    }
}
