using System.Text.RegularExpressions;

namespace AkkaSockets.LocalCluster.Balancer;

/// <summary>
/// k8s/base/haproxy.cfg for one machine: changed in it are only where it listens, and that the nodes' addresses are given and not looked up. The tests have theirs from
/// here, too.
/// </summary>
internal static partial class HaproxyConfiguration
{
    /// <param name="text">What k8s/base/haproxy.cfg says.</param>
    /// <param name="clients">Where clients connect, <c>host:port</c>.</param>
    /// <param name="inside">Its inner listener, likewise.</param>
    /// <param name="nodes">Where a node takes clients, <c>host:port</c>, and the port on which it says whether it is ready. It need not run yet.</param>
    /// <exception cref="FormatException">The text is not as expected.</exception>
    public static string Rewrite(string text, string clients, string inside, IReadOnlyList<(string Clients, int Health)> nodes)
    {
        var servers = string.Join('\n', nodes.Select((node, i) => $"    server node{i + 1} {node.Clients} check port {node.Health}"));
        text = Replace(text, ServerTemplate(), servers);
        text = Replace(text, ClientsBind(), $"    bind {clients}");
        return Replace(text, InsideBind(), $"    bind {inside}");
    }

    private static string Replace(string text, Regex line, string replacement) =>
        line.Count(text) == 1 ? line.Replace(text, replacement) : throw new FormatException($"haproxy.cfg has not one line '{line}', but {line.Count(text)}.");

    [GeneratedRegex("^ +server-template .*$", RegexOptions.Multiline)]
    private static partial Regex ServerTemplate();

    [GeneratedRegex("^ +bind :8080$", RegexOptions.Multiline)]
    private static partial Regex ClientsBind();

    [GeneratedRegex("^ +bind :8404$", RegexOptions.Multiline)]
    private static partial Regex InsideBind();
}
