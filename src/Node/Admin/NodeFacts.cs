using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Logs;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary>What this node tells of itself.</summary>
public sealed class NodeFacts(
    IOptions<ClusterMemberOptions> self,
    SettingsInForce settings,
    NodeHealth health,
    LocalSockets sockets,
    IRequiredActor<UserShards> shards,
    LogLevels levels,
    AdminLimits limits,
    ActivityTotals activity,
    DrainState drain) : IMemberFacts
{
    private static readonly string Version = typeof(NodeFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
    private static readonly long StartedAt = new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeMilliseconds();

    public string Name => self.Value.NodeName;

    public IEnumerable<(string Key, string Value)> Settings => settings.Masked();

    public IEnumerable<MemberCheck> Checks => health.Read().Checks.Select(check => new MemberCheck(check.Name, check.Ok, check.Detail));

    public async Task<MemberStatus> ReadAsync(CancellationToken stop)
    {
        var here = await ShardsAsync(stop).ConfigureAwait(false);
        return new MemberStatus(
            Name, Version, StartedAt, health.Read().Status.ToString().ToLowerInvariant(), health.IsDraining,
            here?.Count, here?.Values.Sum(), sockets.Count, Environment.WorkingSet, levels.Current.ToString().ToLowerInvariant())
        {
            Activity = activity.Read(drain.IsDraining ? drain.Deadline.ToUnixTimeMilliseconds() : null),
        };
    }

    /// <summary>How many users each shard has that is here; null where the region does not answer in time.</summary>
    public async Task<IImmutableDictionary<string, int>?> ShardsAsync(CancellationToken stop)
    {
        try
        {
            var region = await shards.GetAsync(stop).ConfigureAwait(false);
            // Well within what the asker gives this node, so that a busy region does not make the whole node look silent.
            return (await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, limits.Deadline / 2, stop).ConfigureAwait(false)).Stats;
        }
        catch (Exception fault) when (fault is AskTimeoutException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }
}
