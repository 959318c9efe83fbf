using Akka.Cluster;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary><c>sharding plan</c>: who would move if nodes joined or left. Moves nothing.</summary>
internal sealed class PlanCommand(Members members, ShardCensus census, PlacementBoard board, IOptions<PlacementOptions> placement)
{
    private static readonly Switch Join = new("join", "A node that would join, by the name it will have.", 'j') { Multiple = true, Placeholder = "NAME" };
    private static readonly Switch Leave = new("leave", "A node that would leave or drain.", 'l') { Multiple = true, Placeholder = "NAME" };
    private static readonly Switch Shards = new("shards", "List every shard that would move.") { Kind = SwitchKind.Flag };

    public Command Command => new("plan", "Shows which shards, users and sockets would move if nodes joined or left; moves nothing.", RunAsync) { Switches = [Join, Leave, Shards] };

    private async Task RunAsync(CommandRun run)
    {
        var (joining, leaving) = (run.Switches.Texts(Join.Name), run.Switches.Texts(Leave.Name));
        if (joining.Count + leaving.Count == 0) throw new CommandMisusedException($"{Command.Name} needs --{Join.Name} or --{Leave.Name}.");
        var view = members.State;
        var nodes = view.Members.Where(MemberRoles.IsNode).ToList();
        var eligible = nodes.Where(node => node.Status == MemberStatus.Up && !board.IsDraining(node.UniqueAddress)).Select(MemberRoles.NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var name in joining.Where(eligible.Contains)) throw new CommandFailedException($"{name} is there already.");
        foreach (var name in leaving.Where(name => !eligible.Contains(name)))
            throw new CommandFailedException($"No node of that name carries shards: {string.Join(", ", eligible.Order(StringComparer.Ordinal))} do.");
        var after = eligible.Except(leaving, StringComparer.Ordinal).Union(joining, StringComparer.Ordinal).ToList();
        if (after.Count == 0) throw new CommandFailedException("No node would be left to carry the shards.");

        var plan = PlannedMoves.Of(board.Placement?.Table, placement.Value.Shards, eligible, after);
        var seen = await census.TakeAsync(run.Stop).ConfigureAwait(false);
        await WriteAsync(run, plan, seen, leaving).ConfigureAwait(false);
        if (board.Paused is { } paused) await run.Answer.NoteAsync($"Moves are paused since {paused.Since:u}, through {paused.By}: nothing moves before sharding resume.").ConfigureAwait(false);
        foreach (var silent in seen.Silent) await run.Answer.SilentAsync(silent, members.Deadline).ConfigureAwait(false);
    }

    private async Task WriteAsync(CommandRun run, PlannedMoves plan, ShardCount seen, IReadOnlyList<string> leaving)
    {
        var loads = plan.Moves.ToDictionary(move => move, move => seen.LoadOf(move.Shard.Value));
        await run.Answer.TableAsync("moves", "from", "to", "shards", "users", "sockets").ConfigureAwait(false);
        foreach (var pair in plan.Moves.GroupBy(move => (move.From, move.To)).OrderBy(pair => pair.Key.From, StringComparer.Ordinal).ThenBy(pair => pair.Key.To, StringComparer.Ordinal))
            await run.Answer.RowAsync(pair.Key.From, pair.Key.To, pair.Count(), pair.Sum(move => loads[move].Users), pair.Sum(move => loads[move].Sockets)).ConfigureAwait(false);

        await run.Answer.TableAsync("nodes", "node", "shards", "becomes", "gives", "takes").ConfigureAwait(false);
        foreach (var node in plan.Before.Nodes().Union(plan.After.Nodes(), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            await run.Answer.RowAsync(
                node, plan.Before.Of(node).Count(), plan.After.Of(node).Count(), plan.Moves.Count(move => move.From == node), plan.Moves.Count(move => move.To == node)).ConfigureAwait(false);
        }

        if (run.Switches.Has(Shards.Name))
        {
            await run.Answer.TableAsync("moved", "shard", "from", "to", "users", "sockets").ConfigureAwait(false);
            foreach (var move in plan.Moves)
                await run.Answer.RowAsync(move.Shard.Value, move.From, move.To, loads[move].Users, loads[move].Sockets).ConfigureAwait(false);
        }
        // Who follows a user to another node, and who has to go because the node that holds the socket goes.
        var reconnects = leaving.Count > 0
            ? leaving.Sum(seen.SocketsOn) + plan.Moves.Where(move => !leaving.Contains(move.From)).Sum(move => seen.SocketsNotOn(move.Shard.Value, leaving))
            : plan.Moves.Sum(move => loads[move].Sockets);
        await run.Answer.RecordAsync(
            "total",
            ("shards", plan.Moves.Count),
            ("of", plan.Before.Count),
            ("users", plan.Moves.Sum(move => loads[move].Users)),
            ("sockets", plan.Moves.Sum(move => loads[move].Sockets)),
            ("reconnects", reconnects)).ConfigureAwait(false);
    }
}
