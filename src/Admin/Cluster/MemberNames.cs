using Akka.Cluster;

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
}
