using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Frames;
using AkkaSockets.Client.Receiving;

namespace AkkaSockets.Client;

/// <summary>
/// Events are raised on the client's own loops, in the order of what they tell: handlers are to be quick, must not wait for the
/// client, and end it when they throw.
/// </summary>
public sealed partial class AkkaSocketsClient
{
    /// <summary>Messages are gone from the log that this device has not had. Delivery goes on behind them.</summary>
    public event EventHandler<GapEventArgs>? Gap;

    /// <summary>The log began again, under another epoch.</summary>
    public event EventHandler<PositionResetEventArgs>? PositionReset;

    public event EventHandler<StateChangedEventArgs>? StateChanged;

    /// <summary>Another socket will be opened, because of a failure or because the server asked for it.</summary>
    public event EventHandler<ReconnectingEventArgs>? Reconnecting;

    /// <summary>Something failed that will be tried again without your doing.</summary>
    public event EventHandler<BackgroundErrorEventArgs>? BackgroundError;

    /// <summary>For measuring: every frame but messages, as it comes. Raised on the sockets' read loops.</summary>
    internal event Action<ServerFrame>? FrameSeen;

    /// <summary>For measuring: every socket's end, the planned ones too.</summary>
    internal event Action<Cause>? SocketEnded;

    public ClientState State => state.Current;

    /// <summary>What the newest <c>ready</c> said; null before the first.</summary>
    public SessionInfo? Session { get; private set; }

    internal void OnReady(SessionInfo session, Adopted adopted)
    {
        Session = session;
        state.Set(ClientState.Connected);
        if (adopted.Reset is { } reset) Raise(PositionReset, reset);
        if (adopted.Gap is { } gap) Raise(Gap, gap);
        firstReady.TrySetResult();
    }

    internal void OnFrame(ServerFrame frame) => FrameSeen?.Invoke(frame);

    internal void OnSocketEnded(Cause cause) => SocketEnded?.Invoke(cause);

    /// <param name="hasAnother">Whether another socket has become ready by now.</param>
    internal void OnSocketLost(Func<bool> hasAnother) => state.Set(ClientState.Reconnecting, unless: hasAnother);

    internal void RaiseBackgroundError(Exception error) => Raise(BackgroundError, new BackgroundErrorEventArgs(error));

    internal void RaiseReconnecting(Cause cause, int attempt, TimeSpan delay)
    {
        if (Reconnecting is null) return;
        Raise(Reconnecting, new ReconnectingEventArgs
        {
            Reason = cause.Reason,
            CloseCode = cause.CloseCode,
            StatusCode = cause.StatusCode,
            Detail = cause.Detail,
            Exception = cause.Exception,
            Attempt = attempt,
            Delay = delay,
        });
    }

    private void Raise<T>(EventHandler<T>? handlers, T arguments)
    {
        try
        {
            handlers?.Invoke(this, arguments);
        }
        catch (Exception thrown)
        {
            Stop(new ClientStoppedException($"A handler threw: {thrown.Message}", thrown));
        }
    }
}
