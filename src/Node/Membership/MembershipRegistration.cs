using System.Text.Json;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Membership;

/// <summary>How this member is reached by the cluster, whom it asks to join, and what it knows of being a member.</summary>
public static class MembershipRegistration
{
    public static IServiceCollection AddMembership(this IServiceCollection services) => services
        .AddSingleton<Majority>()
        .AddSingleton<MemberEnd>()
        .AddSingleton<LostNodes>()
        .AddSingleton(s => new FirstPlacement(s.GetRequiredService<IOptions<ClusterMemberOptions>>().Value.MinNodes));

    /// <param name="roles">What this member says of itself beside its name.</param>
    public static AkkaConfigurationBuilder AddMembership(this AkkaConfigurationBuilder akka, IServiceProvider services, params IEnumerable<string> roles)
    {
        var member = services.GetRequiredService<IOptions<ClusterMemberOptions>>().Value;
        IReadOnlyList<string> seeds = member.SeedList.Count == 0 ? [member.Address] : member.SeedList;
        return akka
            .WithRemoting(new RemoteOptions { HostName = member.Host, PublicHostName = member.Host, Port = member.Port })
            .WithClustering(new ClusterOptions { SeedNodes = [.. seeds.Select(seed => $"{ProtocolOf(akka)}://{NodeApp.SystemName}@{seed}")] })
            // Not by ClusterOptions.Roles, which writes them unquoted: a name may have characters that HOCON reads its own way.
            .AddHocon($"akka.cluster.roles = {JsonSerializer.Serialize<string[]>([.. roles, MemberRoles.OfName(member.NodeName)])}", HoconAddMode.Prepend)
            .AddHocon(Detection.HoconOf(member.Detection), HoconAddMode.Prepend)
            .AddHocon($"akka.cluster.seed-node-timeout = {SecondsToWait(member, seeds)} s", HoconAddMode.Prepend)
            .WithMembership(services, string.Join(", ", seeds));
    }

    /// <summary>An address with the wrong one is nobody's. akka.hocon, which says whether members speak TLS, has been read before.</summary>
    private static string ProtocolOf(AkkaConfigurationBuilder akka) =>
        akka.Configuration.HasValue && akka.Configuration.Value.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl", false) ? "akka.ssl.tcp" : "akka.tcp";

    /// <summary>
    /// The first of the seeds founds a cluster when no other has answered for so long: too soon, and there are two. The others ask again after it, and need not
    /// wait.
    /// </summary>
    private static int SecondsToWait(ClusterMemberOptions member, IReadOnlyList<string> seeds) =>
        seeds[0].Equals(member.Address, StringComparison.OrdinalIgnoreCase) ? 10 : 3;

    private static AkkaConfigurationBuilder WithMembership(this AkkaConfigurationBuilder akka, IServiceProvider services, string seeds) => akka
        .WithMemberEnd(services.GetRequiredService<MemberEnd>())
        .WithActors((system, _) =>
        {
            var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("AkkaSockets.Membership");
            Start(system, services.GetRequiredService<Majority>(), services.GetRequiredService<FirstPlacement>(), seeds, services.GetRequiredService<MemberEnd>().Refuse, log);
        });

    internal static void Start(ActorSystem system, Majority majority, FirstPlacement first, string seeds, Action<string> refuse, ILogger log)
    {
        system.ActorOf(Props.Create(typeof(HearingActor), majority, log), HearingActor.Name);
        system.ActorOf(Props.Create(typeof(MembershipActor), seeds, first, refuse, log), "membership");
    }
}
