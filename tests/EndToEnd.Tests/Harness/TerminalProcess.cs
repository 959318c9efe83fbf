using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>pbm on a terminal: script(1) makes one, passes on what a test types, and ends with what pbm ends with.</summary>
internal sealed class TerminalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ITestOutputHelper _log;
    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _screen = new();
    private readonly Task _reading;
    private int _seen;

    /// <param name="columns">The terminal's width; 0: one that does not tell it.</param>
    public TerminalProcess(NodeProcess node, ITestOutputHelper log, int columns)
    {
        _log = log;
        var command = $"stty cols {columns} rows 40; exec '{BuiltNode.Dotnet}' '{BuiltNode.Pbm}' {node["Listen:Pbm"]} --timeout 100s";
        // A shell that runs the tests in the background has them, and what they start, ignore SIGINT: env undoes that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,QUIT", "script", "--quiet", "--return", "--flush", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("PBM_TOKEN");
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["XDG_DATA_HOME"] = Data;
        _process = Process.Start(start)!;
        Reaper.Started(_process.Id);
        _reading = ReadAsync();
    }

    /// <summary>Where pbm keeps its history.</summary>
    public string Data { get; } = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"terminal-{Guid.NewGuid():N}")).FullName;

    public async Task TypeAsync(string keys)
    {
        lock (_gate) _seen = _screen.Length;
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the terminal was sent something, escape sequences as they are, since what was typed last.</summary>
    public Task ShowsAsync(string text) => Eventually.TrueAsync(
        () => SinceTyped.Contains(text, StringComparison.Ordinal) || (_process.HasExited ? throw new InvalidOperationException($"pbm ended with {_process.ExitCode}") : false),
        $"the terminal shows {text}", Patience);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Within(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        // The terminal goes with script, and pbm gets a SIGHUP.
        if (!_process.HasExited) _process.Kill();
        await ExitAsync();
        Reaper.Ended(_process.Id);
        await _reading;
        _process.Dispose();
        lock (_gate) _log.WriteLine(_screen.Replace("\u001b", "\\e").ToString());
    }

    private string SinceTyped
    {
        get { lock (_gate) return _screen.ToString(_seen, _screen.Length - _seen); }
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and var read)
        {
            lock (_gate) _screen.Append(buffer, 0, read);
        }
    }
}

/// <summary>A test on a <see cref="TerminalProcess"/>: where there is no script it is skipped, and says what is missing.</summary>
public sealed class TerminalTheoryAttribute : TheoryAttribute
{
    public TerminalTheoryAttribute() => Skip = Network.IsInstalled("script")
        ? null
        : "script is not installed here (Debian: apt-get install bsdutils), and this test types on a terminal that it makes.";
}
