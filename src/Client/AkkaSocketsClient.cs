using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Receiving;
using AkkaSockets.Client.Sending;

namespace AkkaSockets.Client;

/// <summary>
/// One device of one user, connected. It comes back by itself and resumes where it was; every durable message is handed on
/// once per process and in order, and again after a restart unless it was handled and its position saved. Safe to use from
/// several threads; holds none while nothing happens.
/// </summary>
public sealed partial class AkkaSocketsClient : IAsyncDisposable
{
    private readonly AkkaSocketsClientOptions options;
    private readonly CancellationTokenSource life = new();
    private readonly Inbox inbox;
    private readonly Sender sender;
    private readonly Acknowledger acknowledger;
    private readonly StateKeeper state;
    private readonly TaskCompletionSource firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Supervisor? supervisor;
    private ClientStoppedException? stopped;
    private int started, disposed, reading;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public AkkaSocketsClient(AkkaSocketsClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        state = new StateKeeper(change => Raise(StateChanged, change));
        inbox = new Inbox(options.IncomingCapacity);
        sender = new Sender(options, inbox, life.Token);
        acknowledger = new Acknowledger(options, RaiseBackgroundError, life.Token);
    }

    /// <summary>
    /// Completes when the client is over: successfully once disposed, with a <see cref="ClientStoppedException"/> when it must
    /// not come back.
    /// </summary>
    public Task Completion => completion.Task;

    /// <summary>
    /// Connects, and completes when the first socket is ready; until then it tries again for as long as it takes, as it does
    /// later. To be called once.
    /// </summary>
    /// <param name="cancellationToken">Ends this wait only; dispose the client to end its attempts.</param>
    /// <exception cref="ClientStoppedException">It is not wanted, or the saved position cannot be read.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(disposed != 0, this);
        if (Interlocked.Exchange(ref started, 1) != 0) throw new InvalidOperationException("The client was started before.");
        state.Set(ClientState.Connecting);
        _ = RunAsync();
        await firstReady.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Saves and acknowledges what was handled, closes the socket with 1000 and waits at most 5 s for the answer. Unanswered
    /// sends fail with <see cref="ObjectDisposedException"/>; <see cref="Messages"/> ends.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            await Over().ConfigureAwait(false);
            return;
        }

        await acknowledger.FlushAsync().ConfigureAwait(false);
        await life.CancelAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref started, 1) == 0) await EndAsync(null).ConfigureAwait(false);
        await Over().ConfigureAwait(false);

        async Task Over() => await completion.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends the client for good, from wherever that was found out.</summary>
    internal void Stop(ClientStoppedException reason)
    {
        Interlocked.CompareExchange(ref stopped, reason, null);
        _ = life.CancelAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            var start = options.Positions is { } store ? await store.LoadAsync(life.Token).ConfigureAwait(false) : null;
            supervisor = new Supervisor(this, options, inbox, new Receiver(inbox, start), sender, acknowledger, life.Token);
            await supervisor.RunAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            await EndAsync(stopped).ConfigureAwait(false);
        }
        catch (ClientStoppedException reason)
        {
            Interlocked.CompareExchange(ref stopped, reason, null);
            await EndAsync(stopped).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Stop(new ClientStoppedException($"The client failed: {fault.Message}", fault));
            await EndAsync(stopped).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(ClientStoppedException? reason)
    {
        await life.CancelAsync().ConfigureAwait(false);
        acknowledger.Dispose();
        inbox.Complete(reason);
        sender.Stop(() => reason ?? (Exception)new ObjectDisposedException(nameof(AkkaSocketsClient)));
        if (supervisor is not null) await supervisor.CloseAsync().ConfigureAwait(false);
        state.Set(ClientState.Stopped);
        if (reason is null)
        {
            firstReady.TrySetException(new ObjectDisposedException(nameof(AkkaSocketsClient)));
            completion.TrySetResult();
        }
        else
        {
            firstReady.TrySetException(reason);
            completion.TrySetException(reason);
        }

        // Nobody has to look at these tasks: Messages() and the sends say the same.
        _ = (firstReady.Task.Exception, completion.Task.Exception);
    }
}
