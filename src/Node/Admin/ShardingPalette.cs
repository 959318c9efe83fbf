using Akka.Actor;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary><c>sharding</c>: which node has which share of the users.</summary>
internal sealed class ShardingPalette(
    ActorSystem system, Members members, ShardCensus census, PlanCommand plan, PauseCommands pause, PlacementBoard board, IOptions<PlacementOptions> placement) : IPalette
{
    private static readonly Switch Shard = new("shard", "The shard's number.", 's') { Mandatory = true, Kind = SwitchKind.Number, Placeholder = "ID" };

    public string Name => "sharding";

    public string Help => "Which node has which share of the users.";

    public IReadOnlyList<Command> Commands =>
    [
        new("show", "Shows each node's shards, users and sockets.", ShowAsync),
        new("shard", "Shows where one shard is, and what it carries.", ShardAsync) { Switches = [Shard] },
        plan.Command,
        new("tail", "Tells which shards move, as it happens.", TailAsync) { Streams = true },
        .. pause.Commands,
    ];

    private async Task ShowAsync(CommandRun run)
    {
        var replies = await members.AskAllAsync<Messages.Admin.MemberStatus>(new GetMemberStatus(), run.Stop, MemberRoles.IsNode).ConfigureAwait(false);
        var published = board.Placement;
        await run.Answer.TableAsync("nodes", "node", "shards", "started", "users", "sockets", "state", "draining").ConfigureAwait(false);
        foreach (var reply in replies)
        {
            var status = reply.Reply;
            var shards = published?.Table.Of(reply.Name).Count() ?? status?.Shards;
            await run.Answer.RowAsync(reply.Name, shards, status?.Shards, status?.Users, status?.Sockets, status?.State, status?.IsDraining).ConfigureAwait(false);
        }
        await run.Answer.RecordAsync(
            "total",
            ("shards", placement.Value.Shards),
            ("started", replies.Sum(reply => reply.Reply?.Shards ?? 0)),
            ("users", replies.Sum(reply => reply.Reply?.Users ?? 0)),
            ("sockets", replies.Sum(reply => reply.Reply?.Sockets ?? 0)),
            ("version", published?.Version),
            ("paused", board.Paused is not null)).ConfigureAwait(false);
        if (board.Paused is { } paused) await run.Answer.NoteAsync($"Moves are paused since {paused.Since:u}, through {paused.By}: sharding resume ends it.").ConfigureAwait(false);
        await members.TellSilentAsync(run.Answer, replies).ConfigureAwait(false);
    }

    private async Task ShardAsync(CommandRun run)
    {
        var shard = run.Switches.Number(Shard.Name)!.Value;
        if (shard >= placement.Value.Shards) throw new CommandMisusedException($"--{Shard.Name} is {shard}: there are {placement.Value.Shards} shards, from 0 on.");
        var seen = await census.TakeAsync(run.Stop).ConfigureAwait(false);
        var (owner, load) = (seen.OwnerOf(shard), seen.LoadOf(shard));
        await run.Answer.RecordAsync("shard", ("shard", shard), ("node", owner ?? board.Placement?.Table[new ShardId(shard)]), ("started", owner is not null), ("users", load.Users), ("sockets", load.Sockets)).ConfigureAwait(false);
        await run.Answer.TableAsync("held", "node", "sockets").ConfigureAwait(false);
        foreach (var (node, sockets) in seen.SocketsOf(shard)) await run.Answer.RowAsync(node, sockets).ConfigureAwait(false);
        foreach (var silent in seen.Silent) await run.Answer.SilentAsync(silent, members.Deadline).ConfigureAwait(false);
    }

    private async Task TailAsync(CommandRun run)
    {
        await run.Answer.EventsAsync("at", "event", "shard", "from", "to", "users", "ms").ConfigureAwait(false);
        using var news = new ClusterNews(system, members, FollowTopic.Shards, MemberRoles.IsNode);
        var moves = new ShardMoves();
        await foreach (var happened in news.ReadAsync(run.Answer, run.Stop).ConfigureAwait(false))
        {
            foreach (var move in moves.Take((ShardNews)happened))
            {
                await run.Answer.RowAsync(
                    DateTimeOffset.FromUnixTimeMilliseconds(move.At), move.What, move.Shard, move.From, move.To, move.Users, move.Milliseconds).ConfigureAwait(false);
            }
        }
    }
}
