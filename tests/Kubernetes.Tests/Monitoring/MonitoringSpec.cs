using System.Text.Json;
using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;
using YamlDotNet.Serialization;

namespace AkkaSockets.Kubernetes.Tests.Monitoring;

/// <summary>The alerts and the dashboard ask for what nodes tell; what they ask of HAProxy is in <see cref="HaproxyMetricsSpec"/>.</summary>
public sealed partial class MonitoringSpec
{
    private const string Alerts = "k8s/overlays/production/alerts.yaml";

    /// <summary>What nodes and HAProxy put on their metrics, and what Prometheus adds to all.</summary>
    private static readonly string[] Labels = ["kind", "result", "reason", "code", "operation", "le", "proxy", "instance"];

    private static readonly PrometheusRule Rule = (PrometheusRule)Assert.Single(Manifests.Load(Repository.Read(Alerts)).Objects);
    private static readonly JsonElement Dashboard = JsonDocument.Parse(Repository.Read("k8s/overlays/production/dashboard.json")).RootElement;

    public static TheoryData<string, string> Expressions()
    {
        var all = new TheoryData<string, string>();
        foreach (var alert in Rule.Spec.Groups.SelectMany(group => group.Rules)) all.Add(alert.Alert, alert.Expr);
        foreach (var panel in Dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)))
        {
            foreach (var target in panel.GetProperty("targets").EnumerateArray()) all.Add(panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!);
        }
        foreach (var variable in Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Where(variable => variable.GetProperty("type").GetString() == "query"))
            all.Add(variable.GetProperty("name").GetString()!, variable.GetProperty("query").GetProperty("query").GetString()!);
        return all;
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Each_metric_of_ours_is_one_that_nodes_export_and_each_label_one_that_there_is(string what, string expression)
    {
        var metrics = Metric().Matches(expression).Select(match => match.Value).ToList();
        Assert.True(metrics.Count > 0, $"{what} asks for no metric of ours or of HAProxy.");
        Assert.All(metrics.Where(metric => !metric.StartsWith("haproxy_", StringComparison.Ordinal)), metric => Assert.Contains(metric, ExportedMetrics.Names));

        var labels = Matcher().Matches(expression).Concat(Grouping().Matches(expression))
            .SelectMany(match => match.Groups["labels"].Value.Split(',')).Select(label => LabelName().Match(label).Groups[1].Value).Where(label => label.Length > 0);
        Assert.All(labels, label => Assert.Contains(label, Labels));
    }

    [Fact]
    public void Each_metric_that_nodes_export_is_on_the_dashboard()
    {
        var asked = Dashboard.ToString();

        Assert.All(ExportedMetrics.Names.Where(name => !name.EndsWith("_sum", StringComparison.Ordinal) && !name.EndsWith("_count", StringComparison.Ordinal)), name => Assert.Contains(name, asked, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_alert_says_what_is_the_matter_and_where_to_look()
    {
        var alerts = Rule.Spec.Groups.SelectMany(group => group.Rules).ToList();

        Assert.Equal(alerts.Count, alerts.Select(alert => alert.Alert).Distinct().Count());
        Assert.All(alerts, alert =>
        {
            Assert.Equal(["description", "summary"], alert.Annotations.Keys.Order());
            Assert.Contains(alert.Labels["severity"], (string[])["critical", "warning", "info"]);
            Assert.Contains(alert.Alert, Repository.Read("docs/operations.md"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Panels_lie_beside_each_other_and_have_a_name_each()
    {
        var panels = Dashboard.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("title").GetString()!));
        var places = panels.SelectMany(panel => CellsOf(panel.GetProperty("gridPos"))).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(places, place => Assert.InRange(place.X, 0, 23));
    }

    [FactWith("promtool", "prometheus")]
    public void Prometheus_takes_the_rules() => Promtool("check", "rules", RuleFile());

    [FactWith("promtool", "prometheus")]
    public void The_alerts_fire_when_they_should_and_not_before()
    {
        var tests = Path.Combine(Path.GetDirectoryName(RuleFile())!, "alerts.test.yaml");
        File.Copy(Repository.PathOf("tests/Kubernetes.Tests/Monitoring/alerts.test.yaml"), tests, overwrite: true);

        Promtool("test", "rules", tests);
    }

    private static void Promtool(params string[] arguments)
    {
        var (status, output, errors) = Tool.Run("promtool", arguments);
        Assert.True(status == 0, output + errors);
    }

    /// <summary>What is under spec, in a file as Prometheus takes it, beside which a test of it may lie.</summary>
    private static string RuleFile()
    {
        var spec = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(Repository.Read(Alerts))["spec"];
        var file = Path.Combine(Directory.CreateTempSubdirectory("akkasockets-rules-").FullName, "rules.yaml");
        File.WriteAllText(file, new SerializerBuilder().Build().Serialize(spec));
        return file;
    }

    private static IEnumerable<(int X, int Y)> CellsOf(JsonElement place)
    {
        var (x, y, w, h) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
        return from column in Enumerable.Range(x, w) from line in Enumerable.Range(y, h) select (column, line);
    }

    [GeneratedRegex(@"\b(?:akka[a-z]*|haproxy)_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{(?<labels>[^}]*)\}")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("^ *([a-z_]+)")]
    private static partial Regex LabelName();
}
