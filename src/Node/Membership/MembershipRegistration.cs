using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Membership;

/// <summary>How this node is reached by the cluster, and whom it asks to join.</summary>
public static class MembershipRegistration
{
    public static AkkaConfigurationBuilder AddMembership(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var member = services.GetRequiredService<IOptions<ClusterMemberOptions>>().Value;
        var seeds = member.SeedList.Count == 0 ? [member.Address] : member.SeedList;
        return akka
            .WithRemoting(new RemoteOptions { HostName = member.Host, PublicHostName = member.Host, Port = member.Port })
            .WithClustering(new ClusterOptions
            {
                Roles = [UsersRegistration.Role],
                SeedNodes = [.. seeds.Select(seed => $"akka.tcp://{NodeApp.SystemName}@{seed}")],
            });
    }
}
