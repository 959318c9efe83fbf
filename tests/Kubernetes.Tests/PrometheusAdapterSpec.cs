using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Node.Telemetry;
using k8s.Models;
using YamlDotNet.Serialization;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class PrometheusAdapterSpec
{
    private static readonly Dictionary<object, object> Rule = Read();

    [Fact]
    public void Its_rule_reads_what_nodes_tell()
    {
        Assert.StartsWith($"{NodeMeters.Connections.Name}{{", (string)Rule["seriesQuery"], StringComparison.Ordinal);
        Assert.Equal(NodeMeters.Connections.Name, ((Dictionary<object, object>)Rule["name"])["matches"]);
    }

    [FactWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    public void The_autoscaler_asks_for_what_the_rule_makes_of_it()
    {
        var asked = Overlay.Load("overlays/production").All<V2HorizontalPodAutoscaler>().Single().Spec.Metrics.Select(metric => metric.Pods?.Metric.Name).OfType<string>();
        Assert.Equal([(string)((Dictionary<object, object>)Rule["name"])["as"]], asked);
    }

    private static Dictionary<object, object> Read()
    {
        var values = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(Repository.Read("k8s/overlays/production/prometheus-adapter.yaml"));
        return (Dictionary<object, object>)Assert.Single((List<object>)((Dictionary<object, object>)values["rules"])["custom"]);
    }
}
