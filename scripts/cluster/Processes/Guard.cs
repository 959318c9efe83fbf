using System.Diagnostics;

namespace AkkaSockets.LocalCluster.Processes;

/// <summary>
/// Sees to it that no child and no temporary folder outlives this process, even if it is killed with −9: a shell in a session of its own that
/// waits for the end of its standard input, which the system closes however this process ends.
/// </summary>
internal sealed class Guard : IDisposable
{
    // A child leads its own group: what it has started in turn goes with it. The files at the end are those that the runtime of this process, killed with −9,
    // would leave; its children have theirs in the temporary folder.
    private const string Script = """
        trap '' HUP INT TERM
        alive=' '
        while read -r verb pid; do
          case $verb in
            started) alive="$alive$pid " ;;
            ended) alive="${alive%% $pid *} ${alive#* $pid }" ;;
          esac
        done
        for pid in $alive; do kill -s KILL -- "-$pid" || kill -s KILL "$pid"; done 2> /dev/null
        tmp=${TMPDIR:-/tmp}
        rm -rf "$1" "$tmp"/clr-debug-pipe-"$2"-* "$tmp"/dotnet-diagnostic-"$2"-*
        """;

    private readonly Lock _gate = new();
    private readonly Process _shell;

    /// <param name="temporaryFolder">Deleted at the end.</param>
    public Guard(string temporaryFolder)
    {
        var start = new ProcessStartInfo("setsid")
        {
            // The caller's streams are not to be held open by what outlives this process for a moment.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in (string[])["sh", "-c", Script, "cluster-guard", temporaryFolder, $"{Environment.ProcessId}"]) start.ArgumentList.Add(argument);
        _shell = Process.Start(start)!;
    }

    public void Started(int pid) => Tell($"started {pid}");

    /// <summary>To be told before another process can have the number.</summary>
    public void Ended(int pid) => Tell($"ended {pid}");

    /// <summary>Kills what is left, and returns when nothing is.</summary>
    public void Dispose()
    {
        lock (_gate) _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    private void Tell(string line)
    {
        lock (_gate)
        {
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
    }
}
