using System.Diagnostics;
using System.Globalization;

namespace AkkaSockets.LocalCluster.Processes;

/// <summary>
/// One process, in a session of its own, so that the terminal's Ctrl-C does not reach it, and with its output in a file, so that it does not need
/// this process to go on.
/// </summary>
internal sealed class Child
{
    // exec all along: the number of the process that is started is that of the program.
    private const string Redirect = "exec \"$@\" >> \"$0\" 2>&1 < /dev/null";

    private readonly Process _process;
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    private Child(Process process, Guard guard)
    {
        _process = process;
        Pid = process.Id;
        Exited = ExitAsync(guard);
    }

    public int Pid { get; }

    /// <summary>How long ago it was started, for people.</summary>
    public string Age => string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_startedAt).TotalSeconds:0.0} s");

    /// <summary>Its exit status, once it has ended; 128 + n when signal n ended it.</summary>
    public Task<int> Exited { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">There is no <c>setsid</c>.</exception>
    public static Child Start(Launch launch, string log, Guard guard)
    {
        var start = new ProcessStartInfo("setsid")
        {
            // Unused: a child that had the terminal would change how this process reads from it.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = launch.Folder,
        };
        foreach (var argument in (string[])["sh", "-c", Redirect, log, .. launch.Command]) start.ArgumentList.Add(argument);
        foreach (var (key, value) in launch.Environment) start.Environment[key] = value;
        var process = Process.Start(start)!;
        guard.Started(process.Id);
        return new Child(process, guard);
    }

    /// <summary>To the program alone; nothing happens when it has ended.</summary>
    public void Send(Signal signal)
    {
        if (!Exited.IsCompleted) Signals.Send(Pid, signal);
    }

    /// <summary>kill −9, and with it whatever it has started.</summary>
    public void Kill()
    {
        // It leads no group yet in the moment before setsid has run.
        if (!Exited.IsCompleted && !Signals.SendToGroup(Pid, Signal.Kill)) Signals.Send(Pid, Signal.Kill);
    }

    private async Task<int> ExitAsync(Guard guard)
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        guard.Ended(Pid);
        var status = _process.ExitCode;
        _process.Dispose();
        return status;
    }
}

/// <summary>What to start.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">On top of this process's own.</param>
/// <param name="Folder">The working directory.</param>
internal sealed record Launch(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string Folder);
