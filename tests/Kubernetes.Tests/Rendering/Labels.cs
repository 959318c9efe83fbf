using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>What Kubernetes' label selectors select.</summary>
internal static class Labels
{
    // What a StatefulSet's controller adds to each of its pods; which of them is not the template's matter.
    private const string PodName = "statefulset.kubernetes.io/pod-name";

    /// <summary>A Service's selector: all of them. None selects nothing.</summary>
    public static bool Match(IDictionary<string, string>? selector, IDictionary<string, string> labels) =>
        selector is { Count: > 0 } && selector.All(pair => pair.Key == PodName || (labels.TryGetValue(pair.Key, out var value) && value == pair.Value));

    /// <summary>Everybody else's selector. An empty one selects all; a missing one nothing.</summary>
    public static bool Match(V1LabelSelector? selector, IDictionary<string, string> labels) =>
        selector is not null
        && (selector.MatchLabels ?? new Dictionary<string, string>()).All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && (selector.MatchExpressions ?? []).All(expression => Match(expression, labels));

    public static bool IsEmpty(V1LabelSelector? selector) => selector is null or { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } };

    private static bool Match(V1LabelSelectorRequirement expression, IDictionary<string, string> labels) => expression.OperatorProperty switch
    {
        "In" => labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value),
        "NotIn" => !labels.TryGetValue(expression.Key, out var value) || !expression.Values.Contains(value),
        "Exists" => labels.ContainsKey(expression.Key),
        "DoesNotExist" => !labels.ContainsKey(expression.Key),
        _ => false,
    };
}
