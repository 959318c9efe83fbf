namespace AkkaSockets.Pbm;

/// <summary>Ctrl-C: ends the command under way, and the program where there is none.</summary>
internal sealed class CommandStop : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;

    public CommandStop() => Console.CancelKeyPress += OnCancel;

    /// <summary>Cancelled by Ctrl-C until the result of <paramref name="token"/>'s source is disposed.</summary>
    public IDisposable Begin(out CancellationToken token)
    {
        var running = new CancellationTokenSource();
        lock (_gate) _running = running;
        token = running.Token;
        return new Ended(this, running);
    }

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    /// <summary>Ends the command under way; false where there is none.</summary>
    internal bool Cancel()
    {
        lock (_gate)
        {
            if (_running is null || _running.IsCancellationRequested) return false;
            _running.Cancel();
            return true;
        }
    }

    // The second one, of somebody who does not want to wait, ends the program as usual.
    private void OnCancel(object? sender, ConsoleCancelEventArgs cancel) => cancel.Cancel = Cancel();

    private void End(CancellationTokenSource running)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_running, running)) _running = null;
            running.Dispose();
        }
    }

    private sealed class Ended(CommandStop stop, CancellationTokenSource running) : IDisposable
    {
        public void Dispose() => stop.End(running);
    }
}
