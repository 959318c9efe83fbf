using System.Text.Json;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Membership;

/// <summary>How this member is reached by the cluster, and whom it asks to join.</summary>
public static class MembershipRegistration
{
    /// <param name="roles">What this member says of itself beside its name.</param>
    public static AkkaConfigurationBuilder AddMembership(this AkkaConfigurationBuilder akka, IServiceProvider services, params IEnumerable<string> roles)
    {
        var member = services.GetRequiredService<IOptions<ClusterMemberOptions>>().Value;
        var seeds = member.SeedList.Count == 0 ? [member.Address] : member.SeedList;
        return akka
            .WithRemoting(new RemoteOptions { HostName = member.Host, PublicHostName = member.Host, Port = member.Port })
            .WithClustering(new ClusterOptions { SeedNodes = [.. seeds.Select(seed => $"akka.tcp://{NodeApp.SystemName}@{seed}")] })
            // Not by ClusterOptions.Roles, which writes them unquoted: a name may have characters that HOCON reads its own way.
            .AddHocon($"akka.cluster.roles = {JsonSerializer.Serialize<string[]>([.. roles, MemberRoles.OfName(member.NodeName)])}", HoconAddMode.Prepend);
    }
}
