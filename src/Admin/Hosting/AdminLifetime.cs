using Microsoft.Extensions.Hosting;

namespace AkkaSockets.Admin.Hosting;

/// <summary>
/// Ends the commands under way when the member stops, else the web server would wait for their clients. Not before what is registered after it
/// has finished stopping: operators watch a drain to its end.
/// </summary>
public sealed class AdminLifetime : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Cancelled when commands are to end.</summary>
    public CancellationToken Ended => _ended.Token;

    public Task StoppingAsync(CancellationToken cancellationToken) => _ended.CancelAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _ended.Dispose();
}
