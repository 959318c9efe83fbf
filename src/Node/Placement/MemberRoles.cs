using System.Globalization;
using Akka.Cluster;
using AkkaSockets.Admin.Cluster;

namespace AkkaSockets.Node.Placement;

/// <summary>What a member says of itself, as roles: they reach every other member with its address, before any message does.</summary>
public static class MemberRoles
{
    /// <summary>Members with this role carry users.</summary>
    public const string Node = "node";

    /// <summary>The seed node's role.</summary>
    public const string Lighthouse = "lighthouse";

    private const string ShardsPrefix = "shards=";
    private const string StorePrefix = "store=";

    /// <summary>True for a member that carries users.</summary>
    public static bool IsNode(Member member) => member.HasRole(Node);

    public static string OfName(string nodeName) => MemberNames.RoleOf(nodeName);

    /// <summary>The roles of a node.</summary>
    /// <param name="shards"><c>Sharding:Shards</c></param>
    /// <param name="store"><c>Persistence:Provider</c></param>
    public static IReadOnlyList<string> OfNode(int shards, string store) => [Node, ShardsPrefix + shards.ToString(CultureInfo.InvariantCulture), StorePrefix + store];

    /// <summary>The name that placement hashes; the address where a member has none.</summary>
    public static string NameOf(Member member) => MemberNames.Of(member);

    /// <summary>
    /// What two nodes can't have different in one cluster: each user's shard follows from the number of shards, and its log is in one store. Null where they
    /// agree, or one of them carries no users.
    /// </summary>
    /// <returns>One line that names the key, what <paramref name="own"/> has and what it must be.</returns>
    public static string? Disagreement(IReadOnlyCollection<string> own, IReadOnlyCollection<string> others) =>
        Differs(own, others, ShardsPrefix, "Sharding:Shards") ?? Differs(own, others, StorePrefix, "Persistence:Provider");

    private static string? Differs(IReadOnlyCollection<string> own, IReadOnlyCollection<string> others, string prefix, string key) =>
        Find(own, prefix) is { } mine && Find(others, prefix) is { } theirs && mine != theirs
            ? $"{key} is '{mine}': it must be '{theirs}', as on the nodes that are in this cluster."
            : null;

    private static string? Find(IEnumerable<string> roles, string prefix) =>
        roles.FirstOrDefault(role => role.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
