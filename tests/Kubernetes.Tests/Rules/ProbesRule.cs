using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Lighthouse;
using AkkaSockets.Node;
using AkkaSockets.Node.Listeners;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Every container is probed three times over, and the paths that are asked are served there.</summary>
internal sealed partial class ProbesRule : Rule
{
    private static readonly Lazy<IReadOnlySet<string>> NodePaths = new(() => ReadPaths(NodeApp.Build(["--environment", "Development"])));
    private static readonly Lazy<IReadOnlySet<string>> LighthousePaths = new(() => ReadPaths(LighthouseApp.Build(["--Listen:Api", "http://127.0.0.1:0"])));

    public override IEnumerable<string> Check(Manifests manifests)
    {
        var configuration = manifests.Data("haproxy")["haproxy.cfg"];
        var paths = new Dictionary<string, IReadOnlySet<string>>
        {
            ["node"] = NodePaths.Value,
            ["lighthouse"] = LighthousePaths.Value,
            ["haproxy"] = ServedPath().Matches(configuration).Select(found => found.Groups[1].Value).ToHashSet(),
        };
        foreach (var workload in manifests.Workloads)
        {
            foreach (var container in workload.Containers)
            {
                foreach (var (kind, probe) in Probes(container))
                {
                    if (probe is null) yield return $"{workload} has no {kind} probe.";
                    else if (probe.HttpGet is { } http && !paths[workload.Name].Contains(http.Path)) yield return $"The {kind} probe of {workload} asks {http.Path}, which is not there.";
                }
                if (container.ReadinessProbe?.HttpGet?.Path is { } ready && container.LivenessProbe?.HttpGet?.Path == ready) yield return $"{workload} is restarted for not being ready.";
            }
        }
        var asked = CheckedPath().Match(configuration).Groups[1].Value;
        if (asked != manifests.Workload("node").Containers.Single().ReadinessProbe.HttpGet.Path) yield return $"HAProxy checks {asked}, not the nodes' readiness.";
        foreach (var (monitor, path) in manifests.All<ServiceMonitor>().SelectMany(found => found.Spec.Endpoints.Select(endpoint => (found.Metadata.Name, endpoint.Path ?? "/metrics"))))
        {
            if (!NodePaths.Value.Contains(path)) yield return $"ServiceMonitor {monitor} reads {path}, which is not there.";
        }
        var inside = InsidePort().Match(configuration).Groups[1].Value;
        foreach (var (monitor, endpoint) in manifests.All<PodMonitor>().SelectMany(found => found.Spec.PodMetricsEndpoints.Select(endpoint => (found, endpoint))))
        {
            var (name, path) = ($"PodMonitor {monitor.Metadata.Name}", endpoint.Path ?? "/metrics");
            foreach (var workload in manifests.Selected(monitor.Spec.Selector))
            {
                if (!paths[workload.Name].Contains(path)) yield return $"{name} reads {path}, which is not there.";
                var port = workload.Containers.SelectMany(container => container.Ports ?? []).FirstOrDefault(port => port.Name == endpoint.Port)?.ContainerPort;
                if (workload.Name == "haproxy" && $"{port}" != inside) yield return $"{name} reads the port {port}, and HAProxy tells its metrics at {inside}.";
            }
        }
    }

    private static IEnumerable<(string Kind, V1Probe? Probe)> Probes(V1Container container) =>
        [("startup", container.StartupProbe), ("liveness", container.LivenessProbe), ("readiness", container.ReadinessProbe)];

    /// <summary>What a member serves on Listen:Api.</summary>
    private static HashSet<string> ReadPaths(WebApplication app)
    {
        using var member = app;
        return [.. ((IEndpointRouteBuilder)member).DataSources
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Role == ListenerRole.Api)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.Trim('/')}")];
    }

    [GeneratedRegex(@"(?:monitor-uri|\{ path) (/\S+)")]
    private static partial Regex ServedPath();

    // Of the frontend that has the exporter.
    [GeneratedRegex(@"^ +bind :(\d+)$(?=(?:\n(?! +bind ).*)*\n +http-request use-service prometheus-exporter)", RegexOptions.Multiline)]
    private static partial Regex InsidePort();

    [GeneratedRegex(@"option httpchk GET (\S+)")]
    private static partial Regex CheckedPath();
}
