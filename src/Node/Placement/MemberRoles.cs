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

    /// <summary>True for a member that carries users.</summary>
    public static bool IsNode(Member member) => member.HasRole(Node);

    public static string OfName(string nodeName) => MemberNames.RoleOf(nodeName);

    /// <summary>The name that placement hashes; the address where a member has none.</summary>
    public static string NameOf(Member member) => MemberNames.Of(member);
}
