using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Node.Telemetry;
using k8s.Models;
using YamlDotNet.Serialization;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class PrometheusAdapterSpec
{
    private static readonly string Values = Repository.Read("k8s/overlays/production/prometheus-adapter.yaml");

    [FactWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    public void Its_rule_makes_what_the_autoscaler_asks_for_of_what_nodes_tell() => Assert.Empty(Check(Values));

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [InlineData("seriesQuery: 'akkasockets_connections{", "seriesQuery: 'akkasockets_sockets{", "asks for akkasockets_sockets{")]
    [InlineData("matches: akkasockets_connections", "matches: akkasockets_sockets", "takes akkasockets_sockets")]
    [InlineData("as: akkasockets_connections", "as: akkasockets_sockets", "makes akkasockets_sockets")]
    public void A_broken_one_is_told(string text, string broken, string said)
    {
        Assert.Contains(text, Values, StringComparison.Ordinal);
        Assert.Contains(said, Assert.Single(Check(Values.Replace(text, broken, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Check(string values)
    {
        var read = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(values);
        var rule = (Dictionary<object, object>)Assert.Single((List<object>)((Dictionary<object, object>)read["rules"])["custom"]);
        var (query, name) = ((string)rule["seriesQuery"], (Dictionary<object, object>)rule["name"]);
        if (!query.StartsWith($"{NodeMeters.Connections.Name}{{", StringComparison.Ordinal)) yield return $"It asks for {query}.";
        if ((string)name["matches"] != NodeMeters.Connections.Name) yield return $"It takes {name["matches"]}.";
        var asked = Overlay.Load("overlays/production").All<V2HorizontalPodAutoscaler>().Single().Spec.Metrics.Select(metric => metric.Pods?.Metric.Name).OfType<string>().ToList();
        if (asked is not [var metric] || metric != (string)name["as"]) yield return $"It makes {name["as"]}, and the autoscaler asks for {string.Join(", ", asked)}.";
    }
}
