using System.Text.Json;
using Spectre.Console;

namespace AkkaSockets.Pbm.Tests.Fakes;

/// <summary>What pbm wrote, and what it ended with.</summary>
internal sealed record PbmRun(ExitStatus Status, string Out, string Error)
{
    /// <summary>No working machine needs it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public static async Task<PbmRun> OfAsync(IReadOnlyList<string> args, string input = "", string? token = null, bool isPiped = true, int width = 100, CommandStop? stop = null)
    {
        using var output = new SignallingWriter();
        return await OfAsync(args, output, input, token, isPiped, width, stop);
    }

    public static async Task<PbmRun> OfAsync(
        IReadOnlyList<string> args, SignallingWriter output, string input = "", string? token = null, bool isPiped = true, int width = 100, CommandStop? stop = null)
    {
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        var terminal = new Terminal(reader, output, error, isPiped, IsTyped: false, console) { Token = token };
        using var own = new CommandStop();
        var status = await new PbmApp(terminal, stop ?? own).RunAsync(args.Contains("--timeout") || args.Contains("--version") ? args : ["--timeout", "55s", .. args]).WaitAsync(Patience);
        return new PbmRun(status, output.ToString(), error.ToString());
    }
}

/// <summary>Tells when something was written.</summary>
internal sealed class SignallingWriter : StringWriter
{
    private readonly TaskCompletionSource<string> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What to look for.</summary>
    public string? Awaited { get; init; }

    /// <summary>Ends when <see cref="Awaited"/> was written.</summary>
    public Task Found => _found.Task.WaitAsync(PbmRun.Patience);

    public override void Write(string? value)
    {
        base.Write(value);
        Look();
    }

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        Look();
    }

    private void Look()
    {
        if (Awaited is not null && ToString().Contains(Awaited, StringComparison.Ordinal)) _found.TrySetResult(Awaited);
    }
}
