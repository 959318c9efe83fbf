using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Xunit.Abstractions;

namespace AkkaSockets.Peers.Tests.Harness;

/// <summary>bench/Peers as a process of its own. Disposing kills it, and thereby, which is what it promises, all that it started.</summary>
internal sealed class PeersProcess : IDisposable
{
    private const int SigTerm = 15;

    /// <summary>For what several processes take, on a machine that has much else to do.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(10);

    private readonly ITestOutputHelper _log;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _errors = new();
    private readonly string _temporary = Directory.CreateTempSubdirectory("peers-test-").FullName;

    public PeersProcess(ITestOutputHelper log, params string[] arguments)
        : this(log, arguments, path: null)
    {
    }

    /// <param name="path">Where it looks for programs; null: where everybody does.</param>
    public PeersProcess(ITestOutputHelper log, string[] arguments, string? path)
    {
        _log = log;
        var relative = typeof(PeersProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Peers").Value!;
        var start = new ProcessStartInfo(Dotnet, [Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative)), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = _temporary;
        if (path is not null) start.Environment["PATH"] = path;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.Append(line.Data).Append('\n');
        };
        _process.Start();
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The host that runs these tests, where that is known.</summary>
    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : Environment.ProcessPath!;

    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>What it was given as the place of temporary files holds nothing of it any more.</summary>
    public bool LeftNothing => !Directory.EnumerateFileSystemEntries(_temporary).Any();

    /// <summary>Waits until its progress says so.</summary>
    public async Task SaysAsync(string words)
    {
        var started = Stopwatch.GetTimestamp();
        while (!Errors.Contains(words, StringComparison.Ordinal))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > Patient) throw new InvalidOperationException($"It never said '{words}': {Errors}");
            await Task.Delay(50);
        }
    }

    /// <summary>The servers that run, once there are four: Redis, Lighthouse, two nodes. They are known by the folder of temporary files that they were given.</summary>
    public async Task<IReadOnlyList<int>> ServersAsync()
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            int[] found = [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)).Where(IsServer)];
            if (found.Length >= 4 || Stopwatch.GetElapsedTime(started) > Patient) return found;
        }
    }

    public void Terminate()
    {
        if (kill(_process.Id, SigTerm) != 0) throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>Its exit status and what it printed, once it has ended.</summary>
    public async Task<(int Status, string Output)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Patient);
        var output = await _output.WaitAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);
        _log.WriteLine(output);
        return (_process.ExitCode, output);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _log.WriteLine(Errors);
        Directory.Delete(_temporary, recursive: true);
    }

    private bool IsServer(int pid)
    {
        try
        {
            // Working directories are in that folder; so is nobody else's.
            return pid != _process.Id && new FileInfo($"/proc/{pid}/cwd").LinkTarget?.StartsWith(_temporary, StringComparison.Ordinal) == true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

#pragma warning disable SYSLIB1054 // The generated marshalling would need unsafe code for two numbers.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054
}
