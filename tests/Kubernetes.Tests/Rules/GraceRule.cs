using System.Globalization;
using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Nobody is killed while at work: nodes have their drain, HAProxy its open connections; and HAProxy notices a drain in time.</summary>
internal sealed partial class GraceRule : Rule
{
    // CONTRACT §1, Drain:DeadlineMs: the process exits within the deadline and this.
    private const double AfterDeadlineSeconds = 15;

    public override IEnumerable<string> Check(Manifests manifests)
    {
        var node = manifests.Workload("node");
        var settings = PodEnvironment.Of(manifests, node);
        var needed = (Milliseconds(settings, "Drain__DeadlineMs") / 1000) + AfterDeadlineSeconds + PreStop(node);
        if (node.Pod.TerminationGracePeriodSeconds is not { } grace || grace <= needed)
            yield return $"{node} needs more than {needed} s to stop and is given {node.Pod.TerminationGracePeriodSeconds}.";

        var haproxy = manifests.Workload("haproxy");
        var configuration = manifests.Data("haproxy")["haproxy.cfg"];
        var held = (60 * Number(HardStop(), configuration)) + PreStop(haproxy);
        if (haproxy.Pod.TerminationGracePeriodSeconds is not { } patience || patience <= held)
            yield return $"{haproxy} holds connections for {held} s and is given {haproxy.Pod.TerminationGracePeriodSeconds}.";
        if (PreStop(haproxy) <= 0) yield return $"{haproxy} stops listening before the balancer before it knows.";

        // The last check that passed may have been asked just before the drain, and each that fails may take its time-out.
        var noticed = Number(Fall(), configuration) * (Number(Interval(), configuration) + Number(CheckTimeout(), configuration));
        if (noticed >= Milliseconds(settings, "Drain__NoticeMs") / 1000) yield return $"HAProxy may take {noticed} s to notice a drain, and nodes give it Drain:NoticeMs {settings.GetValueOrDefault("Drain__NoticeMs")}.";
    }

    private static double PreStop(Workload workload) => workload.Containers.Max(container => container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);

    private static double Milliseconds(IReadOnlyDictionary<string, string> settings, string key) => double.Parse(settings[key], CultureInfo.InvariantCulture);

    private static double Number(Regex pattern, string configuration) => double.Parse(pattern.Match(configuration).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ +hard-stop-after (\d+)m$", RegexOptions.Multiline)]
    private static partial Regex HardStop();

    [GeneratedRegex(@" fall (\d+) ")]
    private static partial Regex Fall();

    [GeneratedRegex(@" inter (\d+)s ")]
    private static partial Regex Interval();

    [GeneratedRegex(@"^ +timeout check (\d+)s$", RegexOptions.Multiline)]
    private static partial Regex CheckTimeout();
}
