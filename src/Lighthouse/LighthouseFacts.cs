using System.Diagnostics;
using System.Reflection;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Logs;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle.Health;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Lighthouse;

/// <summary>What the seed node tells <c>pbm</c> of itself: it carries nothing.</summary>
internal sealed class LighthouseFacts(IServiceProvider services, IOptions<ClusterMemberOptions> self, SettingsInForce settings, LogLevels levels) : IMemberFacts
{
    private static readonly string Version = typeof(LighthouseFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
    private static readonly long StartedAt = new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeMilliseconds();

    public string Name => self.Value.NodeName;

    public IEnumerable<(string Key, string Value)> Settings => settings.Masked();

    public IEnumerable<MemberCheck> Checks => Read().Checks.Select(check => new MemberCheck(check.Name, check.Ok, check.Detail));

    public Task<MemberStatus> ReadAsync(CancellationToken stop) => Task.FromResult(new MemberStatus(
        Name, Version, StartedAt, Read().Status.ToString().ToLowerInvariant(), IsDraining: false,
        Shards: null, Users: null, Sockets: null, Environment.WorkingSet, levels.Current.ToString().ToLowerInvariant()));

    private Readiness Read() => Readiness.OfMember(HealthEndpoints.StatusOf(services));
}
