using System.Threading.Channels;
using Akka.Actor;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Logs;
using AkkaSockets.Admin.Palettes;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Admin.Commands;

/// <summary><c>log</c>: the log of the member that is asked.</summary>
public sealed class LogPalette(ActorSystem system, LogTap tap, LogLevels levels, IMemberFacts member) : IPalette
{
    private const string Configured = "configured";
    private const int LinesWaiting = 4096;

    private static readonly string[] Levels = ["trace", "debug", "information", "warning", "error", "critical"];

    private static readonly Switch TailLevel = new("level", "The least level to show; lower than what is logged works, too.", 'l')
    {
        Default = "information",
        Allowed = Levels,
        Placeholder = "LEVEL",
    };

    private static readonly Switch NewLevel = new("level", $"The least level to log; {Configured} goes back to the settings.", 'l')
    {
        Mandatory = true,
        Allowed = [.. Levels, Configured],
        Placeholder = "LEVEL",
    };

    public string Name => "log";

    public string Help => "The log of the member that pbm is connected to.";

    public IReadOnlyList<Command> Commands =>
    [
        new("tail", "Shows what is logged, as it is logged.", TailAsync) { Switches = [TailLevel], Streams = true },
        new("level", "Changes what is logged, until the member stops.", LevelAsync) { Switches = [NewLevel] },
    ];

    private async Task TailAsync(CommandRun run)
    {
        var missed = 0L;
        var lines = Channel.CreateBounded<LogLine>(
            new BoundedChannelOptions(LinesWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => Interlocked.Increment(ref missed));
        using var following = tap.Follow(Parse(run.Switches.Text(TailLevel.Name)!), line => lines.Writer.TryWrite(line));
        await run.Answer.EventsAsync("at", "level", "category", "id", "message").ConfigureAwait(false);
        // The last lines of a member that stops are the ones that its operator waits for.
        using var stop = run.Stop.Register(() => lines.Writer.TryComplete());
        await foreach (var line in lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await run.Answer.RowAsync(line.At, line.Level.ToString().ToLowerInvariant(), line.Category, line.EventId, line.Message).ConfigureAwait(false);
            if (Interlocked.Exchange(ref missed, 0) is var n and > 0) await run.Answer.NoteAsync($"{n} lines came too fast to be told.").ConfigureAwait(false);
        }
        run.Stop.ThrowIfCancellationRequested();
    }

    private async Task LevelAsync(CommandRun run)
    {
        var text = run.Switches.Text(NewLevel.Name)!;
        var before = levels.Current;
        levels.Set(text.Equals(Configured, StringComparison.OrdinalIgnoreCase) ? null : Parse(text));
        system.EventStream.SetLogLevel(ForAkka(levels.Current));
        await run.Answer.RecordAsync("log", ("member", member.Name), ("before", Text(before)), ("now", Text(levels.Current))).ConfigureAwait(false);
    }

    private static string Text(LogLevel level) => level.ToString().ToLowerInvariant();

    private static LogLevel Parse(string text) => Enum.Parse<LogLevel>(text, ignoreCase: true);

    private static Akka.Event.LogLevel ForAkka(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => Akka.Event.LogLevel.DebugLevel,
        LogLevel.Information => Akka.Event.LogLevel.InfoLevel,
        LogLevel.Warning => Akka.Event.LogLevel.WarningLevel,
        _ => Akka.Event.LogLevel.ErrorLevel,
    };
}
