using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>A port that is named or numbered anywhere is one that a container of those pods has.</summary>
internal sealed class PortsRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var service in manifests.All<V1Service>())
        {
            foreach (var port in service.Spec.Ports)
            {
                if (!manifests.Selected(service.Spec.Selector).All(workload => Has(workload, port.TargetPort ?? port.Port, port.Protocol)))
                    yield return $"Service {service.Metadata.Name} leads to the port {port.TargetPort?.Value ?? $"{port.Port}"}, which its pods do not have.";
            }
        }
        foreach (var (workload, container, kind, port) in ProbedPorts(manifests))
        {
            if (!Has(container, port, null)) yield return $"The {kind} probe of {workload} asks the port {port.Value}, which {container.Name} does not have.";
        }
        foreach (var monitor in manifests.All<ServiceMonitor>())
        {
            var ports = manifests.All<V1Service>()
                .Where(service => Labels.Match(monitor.Spec.Selector, service.Metadata.Labels ?? new Dictionary<string, string>()))
                .SelectMany(service => service.Spec.Ports.Select(port => port.Name)).ToHashSet();
            foreach (var endpoint in monitor.Spec.Endpoints.Where(endpoint => !ports.Contains(endpoint.Port)))
                yield return $"ServiceMonitor {monitor.Metadata.Name} reads the port {endpoint.Port}, which its Services do not have.";
        }
        foreach (var monitor in manifests.All<PodMonitor>())
        {
            foreach (var endpoint in monitor.Spec.PodMetricsEndpoints)
            {
                if (!manifests.Selected(monitor.Spec.Selector).All(workload => Has(workload, endpoint.Port, null)))
                    yield return $"PodMonitor {monitor.Metadata.Name} reads the port {endpoint.Port}, which its pods do not have.";
            }
        }
    }

    /// <summary>Whether a container of these pods has the port, by its name or its number.</summary>
    public static bool Has(Workload workload, IntOrString port, string? protocol) => workload.Containers.Any(container => Has(container, port, protocol));

    private static bool Has(V1Container container, IntOrString port, string? protocol) => (container.Ports ?? []).Any(has =>
        (has.Name == port.Value || $"{has.ContainerPort}" == port.Value) && (has.Protocol ?? "TCP") == (protocol ?? "TCP"));

    private static IEnumerable<(Workload Workload, V1Container Container, string Kind, IntOrString Port)> ProbedPorts(Manifests manifests) =>
        from workload in manifests.Workloads
        from container in workload.Containers
        from probe in new[] { ("startup", container.StartupProbe), ("liveness", container.LivenessProbe), ("readiness", container.ReadinessProbe) }
        let port = probe.Item2?.HttpGet?.Port ?? probe.Item2?.TcpSocket?.Port
        where port is not null
        select (workload, container, probe.Item1, port);
}
