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
    public static void Send(int pid, Signal signal)
    {
        if (kill(pid, (int)signal) != 0) throw new InvalidOperationException($"{signal} did not reach process {pid}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

#pragma warning disable SYSLIB1054 // The generated marshalling would need unsafe code for two numbers.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054
}
