using AkkaSockets.Admin.Cluster;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Admin;

/// <summary>Gathers from all nodes what each shard carries.</summary>
internal sealed class ShardCensus(Members members)
{
    public async Task<ShardCount> TakeAsync(CancellationToken stop)
    {
        var asked = members.State.Members.Where(MemberRoles.IsNode).ToList();
        var replies = await Task.WhenAll(asked.Select(async member =>
        {
            var loads = new List<ShardLoad>();
            for (int? from = 0; from is { } next;)
            {
                switch (await members.AskAsync(member, new GetShardLoads(next), stop).ConfigureAwait(false))
                {
                    case null: return (Name: MemberNames.Of(member), Loads: null);
                    case ShardLoads page:
                        loads.AddRange(page.Shards);
                        from = page.Next;
                        break;
                    default:
                        from = null;
                        break;
                }
            }
            return (Name: MemberNames.Of(member), Loads: (List<ShardLoad>?)loads);
        })).ConfigureAwait(false);
        return new ShardCount(
            replies.Where(reply => reply.Loads is not null).ToDictionary(reply => reply.Name, reply => (IReadOnlyList<ShardLoad>)reply.Loads!, StringComparer.Ordinal),
            [.. replies.Where(reply => reply.Loads is null).Select(reply => reply.Name)]);
    }
}

/// <summary>What each shard carries, as its nodes said.</summary>
/// <param name="loads">By node.</param>
/// <param name="silent">Nodes whose part is missing.</param>
internal sealed class ShardCount(IReadOnlyDictionary<string, IReadOnlyList<ShardLoad>> loads, IReadOnlyList<string> silent)
{
    private readonly ILookup<int, (string Node, ShardLoad Load)> _byShard =
        (from node in loads from load in node.Value select (node.Key, load)).ToLookup(one => one.load.Shard);

    public IReadOnlyList<string> Silent { get; } = silent;

    /// <summary>Null for a shard that no node has started, or whose node is silent.</summary>
    public string? OwnerOf(int shard) => _byShard[shard].FirstOrDefault(one => one.Load.IsHere).Node;

    public (int Users, int Sockets) LoadOf(int shard) => (_byShard[shard].Sum(one => one.Load.Users), _byShard[shard].Sum(one => one.Load.Sockets));

    /// <summary>All sockets that a node holds.</summary>
    public int SocketsOn(string node) => loads.TryGetValue(node, out var all) ? all.Sum(load => load.Sockets) : 0;

    /// <summary>The sockets of the shard's users on other nodes than these.</summary>
    public int SocketsNotOn(int shard, IReadOnlyCollection<string> nodes) => _byShard[shard].Where(one => !nodes.Contains(one.Node)).Sum(one => one.Load.Sockets);

    /// <summary>The sockets of the shard's users, by the node that holds them.</summary>
    public IEnumerable<(string Node, int Sockets)> SocketsOf(int shard) =>
        _byShard[shard].Where(one => one.Load.Sockets > 0).OrderBy(one => one.Node, StringComparer.Ordinal).Select(one => (one.Node, one.Load.Sockets));
}
