using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Something that an API server would take, or refuse too late, and that must hold of every overlay.</summary>
internal abstract class Rule
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (Rule)Activator.CreateInstance(type)!),
    ];

    public string Name => GetType().Name;

    /// <summary>A line for each fault; none where the rule holds.</summary>
    public abstract IEnumerable<string> Check(Manifests manifests);
}
