using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class EveryOverlayKeepsEveryRuleSpec
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    public static TheoryData<string, string> OverlaysAndRules
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var overlay in Overlay.Names)
            {
                foreach (var rule in Rule.All) all.Add(overlay, rule.Name);
            }
            return all;
        }
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Overlays))]
    public void It_is_rendered_and_loads_strictly(string overlay) => Assert.NotEmpty(Overlay.Load(overlay).Workloads);

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(OverlaysAndRules))]
    public void It_keeps_the_rule(string overlay, string rule) => Assert.Empty(Rule.All.Single(found => found.Name == rule).Check(Overlay.Load(overlay)));

    [Fact]
    public void Those_that_people_are_told_of_are_there() => Assert.Equal(["base", "overlays/direct", "overlays/local", "overlays/production"], Overlay.Names);
}
