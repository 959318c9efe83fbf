using AkkaSockets.Client.Frames;
using AkkaSockets.Client.Receiving;
using AkkaSockets.Client.Sending;
using AkkaSockets.Client.Tokens;

namespace AkkaSockets.Client.Connections;

/// <summary>
/// Keeps one socket ready for as long as the client lives. When another one is wanted while the present one still works, the
/// present one goes on until the other is ready: messages and sends never wait for a planned move.
/// </summary>
internal sealed partial class Supervisor
{
    /// <summary>A socket that stayed this long was good: failures are counted from 0 again.</summary>
    internal static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    /// <summary>How long after it was given up an attempt may still reach a busy server, be accepted as the newest, and replace what came after it.</summary>
    internal static readonly TimeSpan GhostLife = TimeSpan.FromMinutes(2);

    private readonly AkkaSocketsClient owner;
    private readonly AkkaSocketsClientOptions options;
    private readonly Receiver receiver;
    private readonly Sender sender;
    private readonly Acknowledger acknowledger;
    private readonly TokenKeeper tokens;
    private readonly TokenExtension extension;
    private readonly Connector connector;
    private readonly ReconnectPolicy policy;
    private readonly CancellationToken life;
    private readonly Lock gate = new();
    private readonly Func<Connection, ServerFrame, ValueTask> onFrame;
    private readonly Action<Connection, Cause> onClosed;
    private readonly Inbox inbox;

    private Connection? current;
    private Connection? retired;
    private string? device;
    private bool moving, askedForToken;

    /// <summary>An attempt of this move is on the wire, or was accepted: the server may replace the old socket.</summary>
    private volatile bool replacing;
    private int attempt;
    private long readyAt;
    private long? gaveUpAt;

    public Supervisor(
        AkkaSocketsClient owner, AkkaSocketsClientOptions options, Inbox inbox, Receiver receiver, Sender sender,
        Acknowledger acknowledger, CancellationToken life)
    {
        (this.owner, this.options, this.inbox, this.receiver) = (owner, options, inbox, receiver);
        (this.sender, this.acknowledger, this.life) = (sender, acknowledger, life);
        (onFrame, onClosed) = (OnFrameAsync, OnClosed);
        device = options.Device;
        tokens = new TokenKeeper(options.TokenProvider, options.TimeProvider);
        extension = new TokenExtension(tokens, options.TimeProvider, SendOnCurrent, owner.RaiseBackgroundError, life);
        connector = new Connector(options);
        policy = new ReconnectPolicy(options.BackoffBase, options.BackoffCap);
    }

    private bool HasSocket => current is { Closed.IsCompleted: false };

    /// <summary>Runs until the client is disposed, or must not come back.</summary>
    /// <exception cref="ClientStoppedException">It must not come back.</exception>
    public async Task RunAsync()
    {
        var cause = new Cause(ReconnectReason.Start);
        while (true)
        {
            var connection = await ComeBackAsync(cause).ConfigureAwait(false);
            cause = await connection.Ended.WaitAsync(life).ConfigureAwait(false);
            if (options.TimeProvider.GetElapsedTime(readyAt) >= StableAfter) attempt = 0;
        }
    }

    /// <summary>The consumer took a message: what was let go of for its sake can be asked for again.</summary>
    public void OnTaken()
    {
        if (current is { Skipping: true } behind && inbox.HasRoom)
            behind.ComeBack(new Cause(ReconnectReason.Overflow) { Detail = "the consumer was behind" });
    }

    /// <summary>Says goodbye, and waits a moment for the answer.</summary>
    public async Task CloseAsync()
    {
        extension.Dispose();
        Connection?[] open;
        lock (gate) open = [current, retired];
        foreach (var connection in open) connection?.Close(CloseCodes.Normal, "the client is done");
        foreach (var connection in open)
        {
            if (connection is not null) await connection.Closed.ConfigureAwait(false);
        }
    }

    private async Task<Connection> ComeBackAsync(Cause cause)
    {
        lock (gate) moving = true;
        while (true)
        {
            if (IsReplacedByGhost(cause)) cause = Cause.Failed("replaced by an attempt that was given up");
            var canRefresh = tokens.CanRefresh && !askedForToken;
            var decision = policy.Decide(cause, attempt, canRefresh, options.Jitter());

            // While a socket works there is no need to give up: the refusal may be a fault that passes before it goes.
            if (decision.Terminal && !HasSocket) throw Stopped(cause);
            if (decision.FreshToken) tokens.Invalidate();
            if (cause.Reason == ReconnectReason.Refused && decision.FreshToken) askedForToken = true;

            // The wait is begun before it is told, so that whoever is told may turn a fake clock.
            var wait = Task.Delay(decision.Delay, options.TimeProvider, life);
            if (cause.Reason != ReconnectReason.Start) owner.RaiseReconnecting(cause, attempt, decision.Delay);
            if (cause.Reason is not (ReconnectReason.Start or ReconnectReason.Asked)) attempt++;
            await wait.ConfigureAwait(false);

            if (ConnectUri.Direct(cause.Url, options.Url) is { } direct
                && await AttachAsync(direct).ConfigureAwait(false) is { Connection: { } there })
                return Moved(there);
            var (connection, failure) = await AttachAsync(options.Url).ConfigureAwait(false);
            if (connection is not null) return Moved(connection);
            cause = failure!;
        }
    }

    private Connection Moved(Connection connection)
    {
        Connection? old;
        lock (gate)
        {
            moving = replacing = false;
            askedForToken = false;
            old = retired;
        }

        old?.Close(CloseCodes.Normal, "moved");
        return connection;
    }

    /// <summary>One attempt: a socket that is ready, or why there is none.</summary>
    private async Task<(Connection? Connection, Cause? Failure)> AttachAsync(Uri url)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, life);
        Connection? connection = null;
        var before = replacing;
        replacing = true;
        try
        {
            var token = await tokens.GetAsync(either.Token).ConfigureAwait(false);
            var position = receiver.Position;
            var target = ConnectUri.Build(url, options.DevelopmentUser, device, position);
            var socket = await connector.OpenAsync(target, token, either.Token).ConfigureAwait(false);
            before = true;
            connection = new Connection(socket, url, options.TimeProvider, onFrame, onClosed);
            connection.Start();
            if (await connection.Greeting.WaitAsync(either.Token).ConfigureAwait(false))
            {
                if (token is null) throw new ClientStoppedException("The server asks for a token, and there is none.");
                connection.Send(FrameWriter.Open(token, device, position));
            }

            if (await connection.Ready.WaitAsync(either.Token).ConfigureAwait(false)) return (connection, null);
            return (null, await connection.Closed.ConfigureAwait(false));
        }
        catch (UpgradeRefusedException refused)
        {
            return (null, new Cause(ReconnectReason.Refused)
            {
                StatusCode = refused.Status,
                Wait = refused.RetryAfter,
                Detail = refused.Message,
                Exception = refused,
            });
        }
        catch (Exception) when (life.IsCancellationRequested)
        {
            connection?.Abort();
            throw new OperationCanceledException(life);
        }
        catch (OperationCanceledException late) when (timeout.IsCancellationRequested)
        {
            if (connection is not null && !connection.TryGiveUp()) return (connection, null);
            lock (gate) gaveUpAt = options.TimeProvider.GetTimestamp();
            connection?.Abort();
            return (null, Cause.Failed($"not ready within {options.ConnectTimeout}", late));
        }
        catch (Exception failed)
        {
            connection?.Abort();
            if (failed is ClientStoppedException) throw;
            return (null, Cause.Failed(failed.Message, failed));
        }
        finally
        {
            replacing = before;
        }
    }

    private bool IsReplacedByGhost(Cause cause)
    {
        lock (gate) return cause.CloseCode == CloseCodes.Replaced && gaveUpAt is { } at && options.TimeProvider.GetElapsedTime(at) < GhostLife;
    }

    private static ClientStoppedException Stopped(Cause cause) => new($"The client was {cause}", cause.Exception)
    {
        CloseCode = cause.CloseCode,
        StatusCode = cause.StatusCode,
    };
}
