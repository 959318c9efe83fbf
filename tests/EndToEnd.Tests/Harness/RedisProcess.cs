using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// A redis-server of its own for one test, on a free loopback port, with an append-only file in a folder of its own, which it keeps when
/// it is started again. Disposing kills it, paused or not, deletes the folder and hands what it wrote to the test's log.
/// </summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);
    private static int _count;

    private readonly ITestOutputHelper? _log;
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"redis-{Interlocked.Increment(ref _count)}")).FullName;
    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _output = [];
    private Process? _process;

    /// <summary>One that is yet to be started: nobody listens on its port.</summary>
    /// <param name="log">Where its output goes at the end.</param>
    /// <param name="appendFsync">always, everysec or no.</param>
    /// <param name="arguments">As on the command line: "--maxmemory", "2mb", … They go before the harness's own.</param>
    public RedisProcess(ITestOutputHelper? log, string appendFsync = "always", params string[] arguments)
    {
        _log = log;
        _arguments = ["--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _folder, "--save", "", "--appendonly", "yes", "--appendfsync", appendFsync, .. arguments];
    }

    /// <summary>Whether this machine has a redis-server.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public int Port { get; } = FreePorts.Take();

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>One that answers.</summary>
    public static async Task<RedisProcess> StartAsync(ITestOutputHelper? log, string appendFsync = "always", params string[] arguments)
    {
        var redis = new RedisProcess(log, appendFsync, arguments);
        try
        {
            await redis.StartAsync();
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, on what it left if it ran before, and waits until it answers: not before it has loaded its data.</summary>
    public async Task StartAsync()
    {
        if (_process is not null) throw new InvalidOperationException("It runs.");
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var argument in _arguments) start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        Reaper.Started(_process.Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(IsAnsweringAsync, "redis-server answers", AnswersWithin);
    }

    /// <summary>kill -9, and the end of it.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync().Within();
        Reaper.Ended(process.Id);
        process.Dispose();
    }

    /// <summary>SIGSTOP: its connections stay, and it answers nothing.</summary>
    public void Freeze() => Signals.Send(_process!.Id, Signal.Stop);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signals.Send(_process!.Id, Signal.Continue);

    /// <summary>Any command whose answer is no list.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        using var deadline = new CancellationTokenSource(Eventually.Generous);
        return await RedisWire.AskAsync(Port, command, deadline.Token);
    }

    /// <summary>CONFIG SET.</summary>
    public Task ConfigAsync(string name, string value) => AskAsync("CONFIG", "SET", name, value);

    /// <summary>Cuts the connections of all clients.</summary>
    public Task CutConnectionsAsync() => AskAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

    /// <summary>Takes no more writes, until it is started again, and waits until all that it answered is in its file.</summary>
    public async Task HoldWritesAsync()
    {
        await AskAsync("CLIENT", "PAUSE", "3600000", "WRITE");
        await IsWrittenAsync();
    }

    /// <summary>Copies its file, as it is when nothing is written meanwhile.</summary>
    public async Task CopyAsync()
    {
        await IsWrittenAsync();
        CopyFiles();
    }

    /// <summary>Copies its files while it works, as docs/operations.md has it: a rewrite would take some of them away meanwhile.</summary>
    public async Task BackUpAsync()
    {
        await ConfigAsync("auto-aof-rewrite-percentage", "0");
        await Eventually.TrueAsync(
            async () => (await AskAsync("INFO", "persistence")).Contains("aof_rewrite_in_progress:0\r\n", StringComparison.Ordinal), "no rewrite is under way");
        CopyFiles();
        await ConfigAsync("auto-aof-rewrite-percentage", "100");
    }

    /// <summary>While it is down: puts the copy in the place of its file, as a power cut does that costs what came since, or who restores a back-up.</summary>
    public void RestoreCopy()
    {
        Directory.Delete(FileFolder, recursive: true);
        Directory.Move(CopyFolder, FileFolder);
    }

    /// <summary>How often it ran these commands since it was started or <see cref="ForgetCallsAsync"/>, in scripts and out of them.</summary>
    public async Task<long> CallsAsync(params string[] commands)
    {
        var lines = (await AskAsync("INFO", "commandstats")).Split("\r\n");
        return commands.Sum(command => lines.Where(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture)));
    }

    public Task ForgetCallsAsync() => AskAsync("CONFIG", "RESETSTAT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
        _log?.WriteLine(string.Join(Environment.NewLine, _output));
    }

    private string FileFolder => Path.Combine(_folder, "appendonlydir");

    private string CopyFolder => Path.Combine(_folder, "copy");

    private void CopyFiles()
    {
        Directory.CreateDirectory(CopyFolder);
        foreach (var file in Directory.GetFiles(FileFolder)) File.Copy(file, Path.Combine(CopyFolder, Path.GetFileName(file)));
    }

    private Task IsWrittenAsync() => Eventually.TrueAsync(
        async () => (await AskAsync("INFO", "persistence")).Contains("aof_buffer_length:0\r\n", StringComparison.Ordinal), "the file has all");

    private async Task<bool> IsAnsweringAsync()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"redis-server ended:{Environment.NewLine}{string.Join(Environment.NewLine, _output)}");
        try
        {
            return await AskAsync("PING") == "PONG";
        }
        catch (Exception e) when (e is IOException or RedisErrorException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }
}

/// <summary>A test on a redis-server: where none is installed it is skipped, and says so.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (!RedisProcess.IsInstalled) Skip = RedisMissing.Text;
    }
}

/// <summary>The same with data.</summary>
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute()
    {
        if (!RedisProcess.IsInstalled) Skip = RedisMissing.Text;
    }
}

internal static class RedisMissing
{
    public const string Text = "No redis-server is installed here (Debian: apt-get install redis-server), and this test kills, pauses or misuses one.";
}
