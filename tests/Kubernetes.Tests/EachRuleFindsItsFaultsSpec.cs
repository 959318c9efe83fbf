using AkkaSockets.Kubernetes.Tests.Broken;
using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class EachRuleFindsItsFaultsSpec
{
    public static TheoryData<int, string> Planted
    {
        get
        {
            var all = new TheoryData<int, string>();
            foreach (var (index, fault) in Faults.All.Index()) all.Add(index, $"{fault.Rule}: {fault.Said}");
            return all;
        }
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Planted))]
    public void A_broken_manifest_is_told(int index, string what)
    {
        var broken = Faults.All[index];
        var said = Rule.All.Single(rule => rule.Name == broken.Rule).Check(broken.Load()).ToList();
        Assert.True(said.Any(line => line.Contains(broken.Said, StringComparison.Ordinal)), $"{what}: {string.Join(Environment.NewLine, said)}");
    }

    [Fact]
    public void Each_rule_is_proved() => Assert.Empty(Rule.All.Select(rule => rule.Name).Except(Faults.All.Select(fault => fault.Rule)));

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [InlineData("replicas: 4", "replica: 4")]
    [InlineData("memory: 1Gi", "memory: 1Gb")]
    [InlineData("replicas: 4", "replicas: four")]
    [InlineData("serviceName: node", "serviceName: node\n  serviceName: api")]
    [InlineData("kind: StatefulSet", "kind: StatefulSets")]
    public void Strict_loading_refuses_what_is_no_manifest_at_all(string pattern, string replacement) =>
        Assert.ThrowsAny<Exception>(() => new BrokenManifest("", "StatefulSet node", pattern, replacement, "").Load());
}
