using AkkaSockets.Pbm.Output;
using Microsoft.Win32.SafeHandles;
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
        return new Terminal(System.Console.In, isPiped ? OpenOut() : System.Console.Out, System.Console.Error, isPiped, !System.Console.IsInputRedirected && !isPiped, console)
        {
            Token = Environment.GetEnvironmentVariable("PBM_TOKEN"),
            HistoryFile = data.Length == 0 ? null : Path.Combine(data, "akkasockets", "pbm-history"),
        };
    }

    /// <summary>
    /// .NET's own drops what a pipe does not take whose reader has ended, and says nothing, so that what streams would go on for nobody. Files are better left to it: their position is shared with who
    /// writes before and after.
    /// </summary>
    private static TextWriter OpenOut()
    {
        if (OperatingSystem.IsWindows()) return System.Console.Out;
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? System.Console.Out : new StreamWriter(pipe, System.Console.OutputEncoding) { AutoFlush = true };
    }

    /// <summary>A line about what went wrong, beside the answer.</summary>
    public Task TellAsync(string line) => Error.WriteLineAsync($"pbm: {SafeText.Of(line)}");
}
