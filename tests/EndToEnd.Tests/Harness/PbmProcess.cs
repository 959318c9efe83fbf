using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>pbm as a process of its own.</summary>
internal sealed class PbmProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(120);

    // A member on a machine that is very busy answers within it.
    private const string Timeout = "100s";

    private readonly Process _process;
    private readonly NodeOutput _lines = new();

    private PbmProcess(string address, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("env") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // A shell that runs the tests in the background has them, and what they start, ignore SIGINT: env undoes that.
        foreach (var argument in (string[])["--default-signal=INT,QUIT", BuiltNode.Dotnet, BuiltNode.Pbm, address, .. arguments, "--timeout", Timeout]) start.ArgumentList.Add(argument);
        start.Environment.Remove("PBM_TOKEN");
        _process = Process.Start(start)!;
        Reaper.Started(_process.Id);
        _process.OutputDataReceived += (_, line) => _lines.Add(false, line.Data);
        _process.ErrorDataReceived += (_, line) => _lines.Add(true, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    /// <summary>Everything that it wrote so far, errors too.</summary>
    public string Text => _lines.Text;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">Words, a blank between them.</param>
    /// <param name="timeout">How long it waits for the first answer; null: for as long as it does by itself.</param>
    public static async Task<PbmAnswer> RunAsync(NodeProcess node, string command, ITestOutputHelper? log = null, string? timeout = Timeout)
    {
        var start = new ProcessStartInfo(BuiltNode.Dotnet) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[BuiltNode.Pbm, node["Listen:Pbm"], .. command.Split(' '), .. timeout is null ? (string[])[] : ["--timeout", timeout]]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        Reaper.Started(process.Id);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().Within(EndsWithin);
        Reaper.Ended(process.Id);
        var answer = new PbmAnswer(command, process.ExitCode, await output, await error);
        log?.WriteLine($"pbm {command}: {answer.Status}{Environment.NewLine}{answer.Out}{answer.Error}");
        return answer;
    }

    /// <summary>Begins one that goes on.</summary>
    public static PbmProcess Start(NodeProcess node, string command) => new(node["Listen:Pbm"], command.Split(' '));

    /// <summary>Waits until it has written <paramref name="text"/>.</summary>
    public Task SaysAsync(string text) => Eventually.TrueAsync(
        () => _process.HasExited && !Text.Contains(text, StringComparison.Ordinal) ? throw new InvalidOperationException($"pbm ended with {_process.ExitCode}: {Text}") : Text.Contains(text, StringComparison.Ordinal),
        $"pbm says {text}", EndsWithin);

    public void Send(Signal signal) => Signals.Send(_process.Id, signal);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Within(EndsWithin);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await ExitAsync();
        Reaper.Ended(_process.Id);
        _process.Dispose();
    }
}

/// <summary>What a command of pbm ended with.</summary>
internal sealed record PbmAnswer(string Command, int Status, string Out, string Error)
{
    /// <summary>The document, of a command that was done.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.True(Status == 0, $"pbm {Command} ended with {Status}: {Error}");
            return JsonDocument.Parse(Out).RootElement;
        }
    }

    public IEnumerable<string> Silent => Json.TryGetProperty("silent", out var silent) ? silent.EnumerateArray().Select(name => name.GetString()!) : [];
}
