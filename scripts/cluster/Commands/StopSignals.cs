using System.Runtime.InteropServices;

namespace AkkaSockets.LocalCluster.Commands;

/// <summary>Ctrl-C, SIGTERM and the like: the first asks for an orderly end, the second for a quick one.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public StopSignals()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (_stop.IsCancellationRequested) _hurry.Cancel();
                _stop.Cancel();
            }));
    }

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Hurry => _hurry.Token;

    /// <summary>As two signals.</summary>
    public void StopAtOnce()
    {
        _stop.Cancel();
        _hurry.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }
}
