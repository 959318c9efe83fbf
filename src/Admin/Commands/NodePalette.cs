using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;

namespace AkkaSockets.Admin.Commands;

/// <summary><c>node</c>: the member that is asked.</summary>
/// <param name="more">What only some kinds of member can do.</param>
public sealed class NodePalette(IMemberFacts facts, IEnumerable<NodeCommand> more) : IPalette
{
    public string Name => "node";

    public string Help => "The member that pbm is connected to.";

    public IReadOnlyList<Command> Commands =>
    [
        new("status", "Shows how this member is, and what its readiness rests on.", StatusAsync),
        new("config", "Shows the settings in force; secrets read ***.", ConfigAsync),
        .. more.Select(one => one.Command),
    ];

    private async Task StatusAsync(CommandRun run)
    {
        var status = await facts.ReadAsync(run.Stop).ConfigureAwait(false);
        var started = DateTimeOffset.FromUnixTimeMilliseconds(status.StartedAt);
        await run.Answer.RecordAsync(
            "member",
            ("member", status.Node),
            ("version", status.Version),
            ("since", started),
            ("state", status.State),
            ("draining", status.IsDraining),
            ("shards", status.Shards),
            ("users", status.Users),
            ("sockets", status.Sockets),
            ("memoryBytes", status.MemoryBytes),
            ("logLevel", status.LogLevel),
            ("processId", Environment.ProcessId)).ConfigureAwait(false);
        await run.Answer.TableAsync("checks", "check", "ok", "detail").ConfigureAwait(false);
        foreach (var check in facts.Checks) await run.Answer.RowAsync(check.Name, check.Ok, check.Detail).ConfigureAwait(false);
    }

    private async Task ConfigAsync(CommandRun run)
    {
        await run.Answer.TableAsync("settings", "key", "value").ConfigureAwait(false);
        foreach (var (key, value) in facts.Settings) await run.Answer.RowAsync(key, value).ConfigureAwait(false);
    }
}

/// <summary>A command of <c>node</c> that not every member has.</summary>
public sealed record NodeCommand(Command Command);
