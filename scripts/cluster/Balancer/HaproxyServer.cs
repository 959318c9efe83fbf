using System.Globalization;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster.Balancer;

/// <summary>The load balancer before the nodes, as k8s/ has it.</summary>
internal static class HaproxyServer
{
    public const string Name = "haproxy";

    public const string HowToInstall = """
        haproxy is not in PATH, and --balancer needs it. Install it:
          Debian, Ubuntu   sudo apt-get install haproxy    (the service that this starts is not used: sudo systemctl disable --now haproxy)
          Fedora           sudo dnf install haproxy
          Alpine           sudo apk add haproxy
          Arch             sudo pacman -S haproxy
        """;

    private const int MostConnections = 20_000;

    // Listeners, health checks, and what each thread waits with.
    private const int OtherFiles = 500;

    /// <param name="port">Where clients connect.</param>
    /// <param name="inside">Where it says whether it has a node, and what it counts.</param>
    /// <param name="nodes">Ports of the nodes, those that are yet to come too.</param>
    public static MemberPlan Plan(string program, int port, int inside, IReadOnlyList<NodePorts> nodes, RunFolder folder)
    {
        var file = Path.Combine(folder.Of(Name), "haproxy.cfg");
        var servers = nodes.Select(node => ($"127.0.0.1:{node.Clients}", node.Api)).ToList();
        File.WriteAllText(file, HaproxyConfiguration.Rewrite(File.ReadAllText(Programs.HaproxyConfiguration), $"127.0.0.1:{port}", $"127.0.0.1:{inside}", servers));
        return new MemberPlan
        {
            Name = Name,
            Launch = new Launch(
                [program, "-db", "-f", file],
                new Dictionary<string, string> { ["MAXCONN"] = MaxConnections().ToString(CultureInfo.InvariantCulture) },
                folder.Of(Name)),
            Log = folder.LogOf(Name),
            WaitsFor = stop => Probes.ReadyAsync(new Uri($"http://127.0.0.1:{inside}/ready"), stop),
            Clients = new Uri($"ws://127.0.0.1:{port}/ws"),
            OtherAddresses = $"metrics 127.0.0.1:{inside}",
            StopsWithin = TimeSpan.FromSeconds(20),
        };
    }

    /// <summary>proc(5): it takes two files a connection, and refuses to start with fewer than it may need.</summary>
    private static int MaxConnections()
    {
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        return int.TryParse(limit, CultureInfo.InvariantCulture, out var files) ? Math.Clamp((files - OtherFiles) / 2, 1, MostConnections) : MostConnections;
    }
}
