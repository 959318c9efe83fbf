using System.Diagnostics;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// Sees to it that no node, no network namespace and no folder outlives the tests, even if their process is killed: a shell that waits for the end of its
/// standard input, which the system closes however this process ends.
/// </summary>
internal static class Reaper
{
    // Signals that end the tests reach the shell, too: it has work left then.
    private const string Script = """
        trap '' HUP INT TERM
        alive=' '
        namespaces=
        while read -r verb pid; do
          case $verb in
            started) alive="$alive$pid " ;;
            ended) alive="${alive%% $pid *} ${alive#* $pid }" ;;
            made) namespaces="$namespaces $pid" ;;
          esac
        done
        for pid in $alive; do kill -9 "$pid"; done
        for name in $namespaces; do ip netns del "$name" 2> /dev/null; done
        rm -rf "$1"
        """;

    private static readonly Lock Gate = new();
    private static readonly Process Shell = StartShell();

    /// <summary>The folder of all temporary files.</summary>
    public static string Folder { get; } = MakeFolder();

    public static void Started(int pid) => Tell($"started {pid}");

    /// <summary>To be told before another process can have the number.</summary>
    public static void Ended(int pid) => Tell($"ended {pid}");

    /// <summary>A network namespace. It need not be told when that is gone: no other gets its name.</summary>
    public static void Made(string networkNamespace) => Tell($"made {networkNamespace}");

    private static void Tell(string line)
    {
        lock (Gate)
        {
            Shell.StandardInput.WriteLine(line);
            Shell.StandardInput.Flush();
        }
    }

    private static string MakeFolder() => Directory.CreateDirectory(FolderName).FullName;

    private static string FolderName => Path.Combine(Path.GetTempPath(), $"akkasockets-e2e-{Environment.ProcessId}");

    private static Process StartShell()
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true };
        foreach (var argument in (string[])["-c", Script, "reaper", FolderName]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
