using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using AkkaSockets.Messages.Nodes;
using AkkaSockets.Node.Api;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Cluster = Akka.Cluster.Cluster;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// Tells the other nodes every second how this one is, and keeps what they tell in the <see cref="NodeDirectory"/>. One on each node, at the same path; with it dies
/// nothing that the next second does not bring.
/// </summary>
internal sealed class NodeReportsActor : UntypedActor, IWithTimers
{
    /// <summary>Its name below <c>/user</c>.</summary>
    public const string Name = "node-reports";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly NodeDirectory _directory;
    private readonly ReconnectPacer _pacer;
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public NodeReportsActor(NodeDirectory directory, ReconnectPacer pacer) => (_directory, _pacer) = (directory, pacer);

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsOf(NodeDirectory directory, ReconnectPacer pacer) => Props.Create(typeof(NodeReportsActor), directory, pacer);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, Every);
        Self.Tell(Tick.Instance);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodeReport report: _directory.Hear(Sender.Path.Address, report); break;
            case Tick: Report(); break;
        }
    }

    private void Report()
    {
        if (_cluster.IsTerminated) return;
        var others = _cluster.State.Members
            .Where(member => MemberRoles.IsNode(member) && !member.UniqueAddress.Equals(_cluster.SelfUniqueAddress) && member.Status is not (MemberStatus.Down or MemberStatus.Removed))
            .ToList();
        _directory.Tick(others.Select(member => member.Address).ToHashSet());
        _pacer.SetOthers(others.Count(member => member.Status == MemberStatus.Up));
        var report = _directory.Self;
        foreach (var member in others) Context.ActorSelection(new RootActorPath(member.Address) / Self.Path.Elements).Tell(report);
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}

/// <summary>Registers what nodes know of each other's load.</summary>
public static class NodeReportsRegistration
{
    /// <summary>Needs a <see cref="NodeLoad"/> and a <see cref="NodeHealth"/> beside it.</summary>
    public static IServiceCollection AddNodeReports(this IServiceCollection services)
    {
        services.TryAddSingleton<PlacementBoard>();
        services.TryAddSingleton(s =>
        {
            var name = s.GetRequiredService<IOptions<ClusterMemberOptions>>().Value.NodeName;
            var url = s.GetRequiredService<IOptions<GatewayOptions>>().Value.AdvertiseUrl is { Length: > 0 } advertised ? advertised : null;
            var (load, health) = (s.GetRequiredService<NodeLoad>(), s.GetRequiredService<NodeHealth>());
            return new NodeDirectory(() => new NodeReport(name, url, load.Sockets, health.CanServe && !health.IsDraining), s.GetRequiredService<TimeProvider>());
        });
        return services;
    }

    /// <summary>Starts telling and listening.</summary>
    public static AkkaConfigurationBuilder AddNodeReports(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors((system, registry) => registry.Register<NodeReportsActor>(system.ActorOf(
            NodeReportsActor.PropsOf(services.GetRequiredService<NodeDirectory>(), services.GetRequiredService<ReconnectPacer>()), NodeReportsActor.Name)));
}
