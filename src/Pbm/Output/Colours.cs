using Spectre.Console;

namespace AkkaSockets.Pbm.Output;

/// <summary>Colours for the words that an eye looks for; whoever sees none of them misses nothing.</summary>
internal static class Colours
{
    public static Style Of(string text) => text switch
    {
        "Up" or "ready" or "opened" or "started" => new Style(Color.Green),
        "Down" or "Removed" or "unready" or "error" or "critical" or "UnreachableMember" => new Style(Color.Red),
        "degraded" or "warning" or "Leaving" or "Exiting" or "Joining" or "reconnect" or "moved" => new Style(Color.Yellow),
        "-" or "debug" or "trace" or "closed" or "stopped" => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
