using Akka.Actor;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>Talks to one ledger and starts it anew after it failed, as a parent would.</summary>
public sealed class LedgerClient(ActorSystem system, string persistenceId)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private IActorRef? _ledger;
    private TaskCompletionSource<Exception> _failed = new();

    public string PersistenceId => persistenceId;

    /// <summary>Completes with the acknowledgement, or throws why there is none.</summary>
    public Task AddAsync(params string[] texts) => AskAsync<Ledger.Added>(new Ledger.Add(texts));

    public Task<string[]> ReadAsync() => AskAsync<string[]>(new Ledger.Get());

    /// <summary>Completes once the ledger has been recovered.</summary>
    public Task OpenAsync() => ReadAsync();

    /// <summary>Opens it again and again until that fails for this reason: at first it may be another one, such as that nothing came yet.</summary>
    public async Task<RedisStoreException> FailsForAsync(RedisFailureReason reason)
    {
        var start = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var failed = await Assert.ThrowsAnyAsync<Exception>(OpenAsync);
            if (failed is RedisStoreException told && told.Reason == reason) return told;
            if (start.Elapsed > Patience) throw failed;
            await Task.Delay(20);
        }
    }

    /// <summary>Completes once a snapshot is saved.</summary>
    public Task SaveAsync() => AskAsync<Ledger.Saved>(new Ledger.Save());

    /// <summary>Completes once the events are deleted, which needs a snapshot of them first.</summary>
    public Task DeleteAsync() => AskAsync<Ledger.Deleted>(new Ledger.Delete());

    /// <summary>Makes the next call recover from the store.</summary>
    public async Task ForgetAsync()
    {
        if (_ledger is { } ledger) await ledger.GracefulStop(Patience);
        _ledger = null;
    }

    /// <summary>Tries again until it is acknowledged.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> AddUntilAcknowledgedAsync(string text)
    {
        var start = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await AddAsync(text);
                return start.Elapsed;
            }
            catch (Exception) when (start.Elapsed < Patience)
            {
                // Not as fast as it can: some refusals take no time.
                await Task.Delay(20);
            }
        }
    }

    private async Task<T> AskAsync<T>(object message)
    {
        if (_ledger is null)
        {
            var failed = _failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
            Action<Exception> report = e => failed.TrySetResult(e);
            _ledger = system.ActorOf(Props.Create(() => new Ledger(persistenceId, report)));
        }
        var answer = _ledger.Ask<T>(message, Patience);
        if (await Task.WhenAny(answer, _failed.Task) == answer) return await answer;
        // A failed write or recovery stops a persistent actor; its successor begins when it has ended.
        await _ledger.WatchAsync().WaitAsync(Patience);
        _ledger = null;
        throw await _failed.Task;
    }
}
