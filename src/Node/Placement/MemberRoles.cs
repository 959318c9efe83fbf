using Akka.Cluster;

namespace AkkaSockets.Node.Placement;

/// <summary>What a member says of itself, as roles: they reach every other member with its address, before any message does.</summary>
public static class MemberRoles
{
    /// <summary>Members with this role carry users.</summary>
    public const string Node = "node";

    /// <summary>The seed node's role.</summary>
    public const string Lighthouse = "lighthouse";

    private const string NamePrefix = "name=";

    public static string OfName(string nodeName) => NamePrefix + nodeName;

    /// <summary>The name that placement hashes; the address where a member has none.</summary>
    public static string NameOf(Member member) =>
        member.Roles.FirstOrDefault(role => role.StartsWith(NamePrefix, StringComparison.Ordinal)) is { } role
            ? role[NamePrefix.Length..]
            : $"{member.Address.Host}:{member.Address.Port}";
}
