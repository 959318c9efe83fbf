using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>bench/Load as a process of its own: its figures are what is asserted.</summary>
internal sealed class LoadDriver : IDisposable
{
    private readonly ITestOutputHelper _log;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly NodeOutput _progress = new();

    public LoadDriver(ITestOutputHelper log, params string[] arguments)
    {
        _log = log;
        var start = new ProcessStartInfo(BuiltNode.Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[BuiltNode.Load, "--json", .. arguments]) start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => _progress.Add(true, line.Data);
        _process.Start();
        Reaper.Started(_process.Id);
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Waits until its progress says so.</summary>
    public Task SaysAsync(string words) => Eventually.TrueAsync(
        () => _progress.Text.Contains(words, StringComparison.Ordinal) || (_process.HasExited ? throw new InvalidOperationException(_progress.Text) : false),
        $"the driver says '{words}'",
        ScriptedCluster.Patient);

    /// <summary>Ends the sending before its time; what is under way is still waited for.</summary>
    public void EndSending() => Signals.Send(_process.Id, Signal.Terminate);

    /// <summary>Its exit status and its figures, once it has ended.</summary>
    public async Task<(int Status, JsonElement Figures)> EndAsync()
    {
        var output = await _output.Within(ScriptedCluster.Patient);
        await _process.WaitForExitAsync().Within(ScriptedCluster.Patient);
        _log.WriteLine(output);
        return (_process.ExitCode, JsonDocument.Parse(output).RootElement);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        Reaper.Ended(_process.Id);
        _process.Dispose();
        _log.WriteLine(_progress.Text);
    }
}
