using System.Runtime.InteropServices;

namespace AkkaSockets.LocalCluster.Processes;

/// <summary>POSIX signals by their Linux numbers.</summary>
internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    private const int NoSuchProcess = 3;

    /// <summary>To one process; false when it is gone.</summary>
    public static bool Send(int pid, Signal signal)
    {
        if (kill(pid, (int)signal) == 0) return true;
        return Marshal.GetLastPInvokeError() == NoSuchProcess
            ? false
            : throw new InvalidOperationException($"{signal} did not reach process {pid}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>To all processes of a group; false when they are gone.</summary>
    public static bool SendToGroup(int leader, Signal signal) => Send(-leader, signal);

#pragma warning disable SYSLIB1054 // The generated marshalling would need unsafe code for two numbers.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054
}
