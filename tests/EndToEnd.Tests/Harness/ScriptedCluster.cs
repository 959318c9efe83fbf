using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// scripts/cluster at work: Redis, Lighthouse and nodes on free loopback ports, driven through its standard input as a person or a script would. Disposing
/// kills it, and thereby, which is what it promises, all that it started.
/// </summary>
public sealed class ScriptedCluster : IAsyncDisposable
{
    /// <summary>For what several processes take, on a machine that has much else to do.</summary>
    public static readonly TimeSpan Patient = TimeSpan.FromMinutes(3);

    private readonly ITestOutputHelper _log;
    private readonly Process _process;
    private readonly string _temporary = Directory.CreateTempSubdirectory("cluster-test-").FullName;

    private ScriptedCluster(ITestOutputHelper log, IReadOnlyList<string> arguments, Action<ProcessStartInfo>? change)
    {
        _log = log;
        var start = new ProcessStartInfo(BuiltNode.Dotnet) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[BuiltNode.LocalCluster, "--any-ports", "--api-key", BackendClient.Key, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["TMPDIR"] = _temporary;
        change?.Invoke(start);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Output.Add(false, line.Data);
        _process.ErrorDataReceived += (_, line) => Output.Add(true, line.Data);
        _process.Start();
        Reaper.Started(_process.Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public NodeOutput Output { get; } = new();

    /// <summary>The script's own process.</summary>
    public int Pid => _process.Id;

    /// <summary>What it was given as the place of temporary files still holds something.</summary>
    public bool LeftFiles => Directory.EnumerateFileSystemEntries(_temporary).Any();

    /// <summary>Starts it and returns at once.</summary>
    public static ScriptedCluster Launch(ITestOutputHelper log, string[] arguments, Action<ProcessStartInfo>? change = null) => new(log, arguments, change);

    /// <summary>A cluster that is ready.</summary>
    public static async Task<ScriptedCluster> StartAsync(ITestOutputHelper log, params string[] arguments)
    {
        var cluster = Launch(log, arguments);
        try
        {
            await cluster.SaysAsync("Commands: ");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The table of addresses, as it is now: a row a member.</summary>
    public async Task<IReadOnlyList<ScriptedMember>> MembersAsync()
    {
        var before = Output.Count;
        await TellAsync("addresses");
        await SaysAsync("no such command: end-of-table", before, "end-of-table");
        var rows = Output.From(before).Split(Environment.NewLine).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [.. from row in rows where row is [_, _, _, "-" or ['h', 't', 't', 'p', ..], ..] select ScriptedMember.Parse(row)];
    }

    /// <summary>One command.</summary>
    public async Task TellAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>One or more commands, and then what they set going.</summary>
    public async Task DoAsync(params string[] commands)
    {
        var before = Output.Count;
        foreach (var command in commands) await TellAsync(command);
        await SaysAsync("done", before, "wait 170");
    }

    /// <summary>Waits for words in the output, after the first <paramref name="skipped"/> lines.</summary>
    public async Task SaysAsync(string words, int skipped = 0, string? command = null)
    {
        if (command is not null) await TellAsync(command);
        await Eventually.TrueAsync(
            () => _process.HasExited && !Output.From(skipped).Contains(words, StringComparison.Ordinal)
                ? throw new InvalidOperationException($"It ended without saying '{words}':{Environment.NewLine}{Output.Text}")
                : Output.From(skipped).Contains(words, StringComparison.Ordinal),
            $"it says '{words}'",
            Patient);
    }

    /// <summary>The end of what it reads.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    internal void Send(Signal signal) => Signals.Send(_process.Id, signal);

    /// <summary>Waits for its end and returns the exit status.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Within(Patient);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await ExitAsync();
        Reaper.Ended(_process.Id);
        _process.Dispose();
        await Eventually.TrueAsync(() => !LeftFiles, "the script's files are gone", Patient);
        Directory.Delete(_temporary);
        _log.WriteLine(Output.Text);
    }
}

/// <summary>A row of the table of addresses.</summary>
public sealed record ScriptedMember(string Name, int? Pid, Uri? Clients, Uri? Api, IReadOnlyList<int> Ports)
{
    internal static ScriptedMember Parse(string[] row) => new(
        row[0],
        int.TryParse(row[1], CultureInfo.InvariantCulture, out var pid) ? pid : null,
        row[2] == "-" ? null : new Uri(row[2]),
        row[3] == "-" ? null : new Uri(row[3]),
        [.. from word in row[2..] where word.Contains(':', StringComparison.Ordinal) select PortOf(word)]);

    private static int PortOf(string word) =>
        Uri.TryCreate(word.Contains("//", StringComparison.Ordinal) ? word : $"tcp://{word.TrimEnd(',')}", UriKind.Absolute, out var url)
            ? url.Port
            : throw new FormatException($"No address: {word}");
}
