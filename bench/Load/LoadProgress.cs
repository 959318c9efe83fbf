using System.Globalization;

namespace AkkaSockets.Load;

/// <summary>One line on standard error that says how a run goes: four times a second in place on a terminal, every five seconds elsewhere.</summary>
internal static class LoadProgress
{
    /// <summary>Until the run is over, which <paramref name="run"/> is.</summary>
    public static async Task ShowAsync(LoadRun load, Task run)
    {
        var isTerminal = !Console.IsErrorRedirected;
        using var ticks = new PeriodicTimer(isTerminal ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(5));
        while (await Task.WhenAny(run, ticks.WaitForNextTickAsync().AsTask()).ConfigureAwait(false) != run)
            await Console.Error.WriteAsync(isTerminal ? $"\r\u001b[K{Describe(load)}" : Describe(load) + Environment.NewLine).ConfigureAwait(false);
        if (isTerminal) await Console.Error.WriteAsync("\r\u001b[K").ConfigureAwait(false);
    }

    private static string Describe(LoadRun load)
    {
        var (ledger, connected) = (load.Measured.Ledger, load.Users.Count(user => user.IsConnected));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{load.Clock.Elapsed.TotalSeconds,4:0} s  {load.Phase}: {connected:N0} connected, {load.Asked:N0} asked, {ledger.Acknowledged:N0} acknowledged, {ledger.Received:N0} delivered, {ledger.Outstanding:N0} outstanding, {load.Measured.ReconnectFrames.Total:N0} reconnect frames");
    }
}
