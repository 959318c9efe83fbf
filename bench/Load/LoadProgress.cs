using System.Globalization;
using Spectre.Console;

namespace AkkaSockets.Load;

/// <summary>One line that says how a run goes, four times a second.</summary>
internal static class LoadProgress
{
    public static Task ShowAsync(LoadRun run, LoadOptions options, CancellationToken stop) => AnsiConsole.Status().StartAsync("opening", async status =>
    {
        using var ended = new CancellationTokenSource();
        var showing = RefreshAsync(run, status, ended.Token);
        await run.OpenAsync(stop).ConfigureAwait(false);
        await run.SendAsync(stop).ConfigureAwait(false);
        await run.SettleAsync().ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await showing.ConfigureAwait(false);
    });

    private static async Task RefreshAsync(LoadRun run, StatusContext status, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            var users = run.Users.ToArray();
            status.Status(string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Elapsed.TotalSeconds:0} s  {users.Count(user => user.IsConnected):N0} connected  {run.Ledger.Accepted:N0} accepted  {run.Ledger.Received:N0} delivered  {users.Sum(user => user.ReconnectFrames):N0} reconnect frames"));
            await Task.Delay(250, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
