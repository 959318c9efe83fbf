using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Admin.Palettes;

namespace AkkaSockets.Admin.Cluster;

/// <summary>A member's name is one of its roles, so that it reaches every other member with its address, before any message does.</summary>
public static class MemberNames
{
    private const string Prefix = "name=";

    public static string RoleOf(string name) => Prefix + name;

    /// <summary>The name; the address where a member tells none.</summary>
    public static string Of(Member member) =>
        member.Roles.FirstOrDefault(role => role.StartsWith(Prefix, StringComparison.Ordinal)) is { } role
            ? role[Prefix.Length..]
            : $"{member.Address.Host}:{member.Address.Port}";

    /// <summary>The roles that are no name.</summary>
    public static IEnumerable<string> OtherRolesOf(Member member) =>
        member.Roles.Where(role => !role.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The same for an answer. What every node of a cluster has alike (<c>shards=256</c>, by which they know that they fit) is no news to people.</summary>
    public static Cell RolesCell(Member member)
    {
        var roles = OtherRolesOf(member).ToList();
        return Cell.Texts(roles).Briefly(roles.Where(role => !role.Contains('=', StringComparison.Ordinal)));
    }

    /// <summary>An address for an answer: people are shown <c>host:port</c>, which commands take, too.</summary>
    public static Cell AddressCell(Address? address) => address is null ? default : ((Cell)address.ToString()).Briefly($"{address.Host}:{address.Port}");
}
