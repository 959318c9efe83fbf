using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Admin;

/// <summary><c>sharding plan</c>: who would move if nodes joined or left. Moves nothing.</summary>
internal sealed class PlanCommand(MovePlanner planner, Members members, PlacementBoard board)
{
    private static readonly Switch Join = new("join", "A node that would join, by the name it will have.", 'j') { Multiple = true, Placeholder = "NAME" };
    private static readonly Switch Leave = new("leave", "A node that would leave or drain.", 'l') { Multiple = true, Placeholder = "NAME" };
    private static readonly Switch Shards = new("shards", "List every shard that would move.") { Kind = SwitchKind.Flag };

    public Command Command => new("plan", "Shows which shards, users and sockets would move if nodes joined or left; moves nothing.", RunAsync) { Switches = [Join, Leave, Shards] };

    private async Task RunAsync(CommandRun run)
    {
        var (joining, leaving) = (run.Switches.Texts(Join.Name), run.Switches.Texts(Leave.Name));
        if (joining.Count + leaving.Count == 0) throw new CommandMisusedException($"{Command.Name} needs --{Join.Name} or --{Leave.Name}.");
        var plan = await planner.MakeAsync(joining, leaving, run.Stop).ConfigureAwait(false);
        await WriteAsync(run, plan).ConfigureAwait(false);
        if (board.Paused is { } paused) await run.Answer.NoteAsync($"Moves are paused since {paused.Since:u}, through {paused.By}: nothing moves before sharding resume.").ConfigureAwait(false);
        foreach (var silent in plan.Silent) await run.Answer.SilentAsync(silent, members.Deadline).ConfigureAwait(false);
    }

    private static async Task WriteAsync(CommandRun run, MovePlan plan)
    {
        await run.Answer.TableAsync("moves", "from", "to", "shards", "users", "sockets").ConfigureAwait(false);
        foreach (var (from, to, shards, users, sockets) in plan.Pairs) await run.Answer.RowAsync(from, to, shards, users, sockets).ConfigureAwait(false);

        await run.Answer.TableAsync("nodes", "node", "shards", "becomes", "gives", "takes", "usersLeave", "usersArrive", "socketsLeave", "socketsArrive").ConfigureAwait(false);
        foreach (var (node, shards, becomes, gives, takes) in plan.Nodes)
            await run.Answer.RowAsync(node, shards, becomes, gives.Shards, takes.Shards, gives.Users, takes.Users, gives.Sockets, takes.Sockets).ConfigureAwait(false);

        if (run.Switches.Has(Shards.Name))
        {
            await run.Answer.TableAsync("moved", "shard", "from", "to", "users", "sockets").ConfigureAwait(false);
            foreach (var move in plan.Moves)
                await run.Answer.RowAsync(move.Shard.Value, move.From, move.To, plan.LoadOf(move).Users, plan.LoadOf(move).Sockets).ConfigureAwait(false);
        }
        await run.Answer.RecordAsync(
            "total", ("shards", plan.Moves.Count), ("of", plan.Shards), ("users", plan.Users), ("sockets", plan.Sockets), ("reconnects", plan.Reconnects)).ConfigureAwait(false);
    }
}
