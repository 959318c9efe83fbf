using k8s;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>The part of the Prometheus Operator's kinds that k8s/ uses; strict loading refuses anything else.</summary>
public sealed class ServiceMonitor : IKubernetesObject<V1ObjectMeta>
{
    public required string ApiVersion { get; set; }

    public required string Kind { get; set; }

    public required V1ObjectMeta Metadata { get; set; }

    public required ServiceMonitorSpec Spec { get; set; }
}

public sealed class ServiceMonitorSpec
{
    public required V1LabelSelector Selector { get; set; }

    public required IList<MonitorEndpoint> Endpoints { get; set; }
}

public sealed class PodMonitor : IKubernetesObject<V1ObjectMeta>
{
    public required string ApiVersion { get; set; }

    public required string Kind { get; set; }

    public required V1ObjectMeta Metadata { get; set; }

    public required PodMonitorSpec Spec { get; set; }
}

public sealed class PodMonitorSpec
{
    public required V1LabelSelector Selector { get; set; }

    public required IList<MonitorEndpoint> PodMetricsEndpoints { get; set; }
}

public sealed class MonitorEndpoint
{
    public required string Port { get; set; }

    public string? Path { get; set; }

    public string? Interval { get; set; }

    public string? ScrapeTimeout { get; set; }
}

public sealed class PrometheusRule : IKubernetesObject<V1ObjectMeta>
{
    public required string ApiVersion { get; set; }

    public required string Kind { get; set; }

    public required V1ObjectMeta Metadata { get; set; }

    public required PrometheusRuleSpec Spec { get; set; }
}

/// <summary>What a rule file has.</summary>
public sealed class PrometheusRuleSpec
{
    public required IList<AlertGroup> Groups { get; set; }
}

public sealed class AlertGroup
{
    public required string Name { get; set; }

    public required IList<AlertRule> Rules { get; set; }
}

public sealed class AlertRule
{
    public required string Alert { get; set; }

    public required string Expr { get; set; }

    public required string For { get; set; }

    public required IDictionary<string, string> Labels { get; set; }

    public required IDictionary<string, string> Annotations { get; set; }
}
