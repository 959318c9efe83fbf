using Akka.Cluster;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary>Finds out who would move if nodes joined or left, for whoever asks. Moves nothing.</summary>
internal sealed class MovePlanner(Members members, ShardCensus census, PlacementBoard board, IOptions<PlacementOptions> placement)
{
    /// <param name="joining">Names of nodes that are not there yet.</param>
    /// <param name="leaving">Names of nodes that carry shards.</param>
    /// <exception cref="CommandFailedException">One of them can't, or nobody would be left.</exception>
    public async Task<MovePlan> MakeAsync(IReadOnlyList<string> joining, IReadOnlyList<string> leaving, CancellationToken stop)
    {
        var nodes = members.State.Members.Where(MemberRoles.IsNode);
        var eligible = nodes.Where(node => node.Status == MemberStatus.Up && !board.IsDraining(node.UniqueAddress)).Select(MemberRoles.NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var name in joining.Where(eligible.Contains)) throw new CommandFailedException($"{name} is there already.");
        foreach (var name in leaving.Where(name => !eligible.Contains(name)))
            throw new CommandFailedException($"No node of that name carries shards: {string.Join(", ", eligible.Order(StringComparer.Ordinal))} do.");
        var after = eligible.Except(leaving, StringComparer.Ordinal).Union(joining, StringComparer.Ordinal).ToList();
        if (after.Count == 0) throw new CommandFailedException("No node would be left to carry the shards.");

        var moves = PlannedMoves.Of(board.Placement?.Table, placement.Value.Shards, eligible, after);
        return new MovePlan(moves, await census.TakeAsync(stop).ConfigureAwait(false), leaving);
    }
}

/// <summary>What would move, and what that carries now.</summary>
internal sealed class MovePlan(PlannedMoves moves, ShardCount seen, IReadOnlyList<string> leaving)
{
    private readonly Dictionary<PlannedMove, (int Users, int Sockets)> _loads = moves.Moves.ToDictionary(move => move, move => seen.LoadOf(move.Shard.Value));

    /// <summary>In the order of the shards.</summary>
    public IReadOnlyList<PlannedMove> Moves => moves.Moves;

    /// <summary>How many shards there are.</summary>
    public int Shards => moves.Before.Count;

    /// <summary>Nodes that did not tell what they carry in time: the figures lack theirs.</summary>
    public IReadOnlyList<string> Silent => seen.Silent;

    /// <summary>Who gives how much to whom, by name.</summary>
    public IEnumerable<(string From, string To, int Shards, int Users, int Sockets)> Pairs =>
        from pair in Moves.GroupBy(move => (move.From, move.To))
            .OrderBy(pair => pair.Key.From, StringComparer.Ordinal).ThenBy(pair => pair.Key.To, StringComparer.Ordinal)
        select (pair.Key.From, pair.Key.To, pair.Count(), pair.Sum(move => LoadOf(move).Users), pair.Sum(move => LoadOf(move).Sockets));

    /// <summary>Each node's shards before and after, and what goes from it and comes to it with them, by name.</summary>
    public IEnumerable<PlannedNode> Nodes =>
        from node in moves.Before.Nodes().Union(moves.After.Nodes(), StringComparer.Ordinal).Order(StringComparer.Ordinal)
        select new PlannedNode(
            node, moves.Before.Of(node).Count(), moves.After.Of(node).Count(), Load(Moves.Where(move => move.From == node)), Load(Moves.Where(move => move.To == node)));

    public int Users => Moves.Sum(move => LoadOf(move).Users);

    public int Sockets => Moves.Sum(move => LoadOf(move).Sockets);

    /// <summary>How many sockets would be told: whose user moves to another node, and who has to go because the node that holds the socket goes.</summary>
    public int Reconnects => leaving.Count > 0
        ? leaving.Sum(seen.SocketsOn) + Moves.Where(move => !leaving.Contains(move.From)).Sum(move => seen.SocketsNotOn(move.Shard.Value, leaving))
        : Sockets;

    public (int Users, int Sockets) LoadOf(PlannedMove move) => _loads[move];

    private PlannedLoad Load(IEnumerable<PlannedMove> some)
    {
        var all = some.ToList();
        return new PlannedLoad(all.Count, all.Sum(move => LoadOf(move).Users), all.Sum(move => LoadOf(move).Sockets));
    }
}

/// <summary>What a node has and would have, in shards.</summary>
internal sealed record PlannedNode(string Node, int Shards, int Becomes, PlannedLoad Gives, PlannedLoad Takes);

/// <summary>Shards that would move, and their users and those users' sockets, wherever these are.</summary>
internal readonly record struct PlannedLoad(int Shards, int Users, int Sockets);
