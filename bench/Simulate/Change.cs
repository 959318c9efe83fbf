using System.Globalization;

namespace AkkaSockets.Simulate;

/// <summary>What happens to the nodes of a cluster.</summary>
public enum Change
{
    /// <summary>One node more.</summary>
    OneJoins,

    /// <summary>Half as many nodes more, at once.</summary>
    HalfJoins,

    /// <summary>Each node leaves and comes back under its name, one after the other.</summary>
    RollingDeploy,

    /// <summary>One node is killed.</summary>
    OneDies,

    /// <summary>A third of all nodes is killed at once.</summary>
    ZoneDies,
}

internal static class Changes
{
    public static string Describe(this Change change) => change switch
    {
        Change.OneJoins => "one node joins",
        Change.HalfJoins => "half as many join",
        Change.RollingDeploy => "rolling deploy",
        Change.OneDies => "one node dies",
        _ => "a zone dies",
    };

    /// <summary>Names as a StatefulSet gives them.</summary>
    public static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(Name)];

    /// <summary>The memberships that follow each other, the first one not among them.</summary>
    public static IEnumerable<string[]> Memberships(this Change change, int count)
    {
        var nodes = Names(count);
        switch (change)
        {
            case Change.OneJoins:
                yield return [.. nodes, Name(count)];
                break;
            case Change.HalfJoins:
                yield return Names(count + (count / 2));
                break;
            case Change.OneDies:
                yield return [.. nodes.Where((_, place) => place != count / 2)];
                break;
            case Change.ZoneDies:
                yield return [.. nodes.Where((_, place) => place % 3 != 0)];
                break;
            default:
                // The highest number first, as a StatefulSet does it.
                foreach (var node in nodes.Reverse())
                {
                    yield return [.. nodes.Where(other => other != node)];
                    yield return nodes;
                }
                break;
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node-{number}");
}
