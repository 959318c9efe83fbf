using System.Runtime.InteropServices;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>POSIX signals by their Linux numbers.</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends it. After <see cref="Signal.Stop"/> the process does stand still: a thread that runs on another core goes on for a moment, and could answer what is sent meanwhile.</summary>
    public static void Send(int pid, Signal signal)
    {
        if (kill(pid, (int)signal) != 0) throw new InvalidOperationException($"{signal} did not reach process {pid}: {Marshal.GetLastPInvokeErrorMessage()}");
        if (signal == Signal.Stop && !SpinWait.SpinUntil(() => IsStopped(pid), Patience)) throw new TimeoutException($"Process {pid} does not stop within {Patience}.");
    }

    private static bool IsStopped(int pid) => Directory.EnumerateDirectories($"/proc/{pid}/task").All(thread => StateOf(thread) is 'T' or null);

    /// <summary>The letter behind the name, which stands in brackets and may have any character (proc(5)); null for a thread that has ended meanwhile.</summary>
    private static char? StateOf(string thread)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

#pragma warning disable SYSLIB1054 // The generated marshalling would need unsafe code for two numbers.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054
}
