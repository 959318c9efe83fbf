using AkkaSockets.Pbm.Output;
using Spectre.Console;

namespace AkkaSockets.Pbm;

/// <summary>Where <c>pbm</c> reads and writes.</summary>
/// <param name="IsPiped">What is written goes to a program or a file: no colours, and lines as long as they are.</param>
/// <param name="IsTyped">What is read comes from a keyboard.</param>
/// <param name="Console">What draws tables.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, bool IsPiped, bool IsTyped, IAnsiConsole Console)
{
    /// <summary>The token where none is given on the command line.</summary>
    public string? Token { get; init; }

    /// <summary>Where the shell keeps its history; null for nowhere.</summary>
    public string? HistoryFile { get; init; }

    public static Terminal OfProcess()
    {
        var isPiped = System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect });
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new Terminal(System.Console.In, System.Console.Out, System.Console.Error, isPiped, !System.Console.IsInputRedirected && !isPiped, console)
        {
            Token = Environment.GetEnvironmentVariable("PBM_TOKEN"),
            HistoryFile = data.Length == 0 ? null : Path.Combine(data, "akkasockets", "pbm-history"),
        };
    }

    /// <summary>A line about what went wrong, beside the answer.</summary>
    public Task TellAsync(string line) => Error.WriteLineAsync($"pbm: {SafeText.Of(line)}");
}
