using System.Runtime.InteropServices;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Does things of the test's own process in another network namespace. A socket stays in the one that it was made in, whoever uses it later.</summary>
internal static class NetworkNamespace
{
    private const int NetworkOnly = 0x40000000;

    /// <summary>On a thread that is used for nothing else, since it is the thread that goes there.</summary>
    public static Task<T> InAsync<T>(string name, Func<T> make)
    {
        var made = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                using var there = File.OpenHandle($"/run/netns/{name}");
                if (setns(there, NetworkOnly) != 0) throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                made.SetResult(make());
            }
            catch (Exception fault)
            {
                made.SetException(fault);
            }
        })
        { IsBackground = true }.Start();
        return made.Task;
    }

#pragma warning disable SYSLIB1054 // The generated marshalling would need unsafe code for two numbers.
    [DllImport("libc", SetLastError = true)]
    private static extern int setns(SafeHandle there, int kind);
#pragma warning restore SYSLIB1054
}
