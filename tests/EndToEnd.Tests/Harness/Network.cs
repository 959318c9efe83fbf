using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// Hosts of their own for processes of one test: network namespaces on a bridge that has a namespace, too, so all of it goes with these. The test, and what it runs
/// on its own side, is on the same bridge. Links between hosts can be cut without a word, as a broken switch does it. Disposing takes everything away; if the tests
/// are killed, the <see cref="Reaper"/> does.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private const string Link = "eth0";

    // The test's own port on the bridge: never cut, so what all share is reached from everywhere.
    private const string HerePort = "here";

    private static int _count;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"e2e{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");

    // 198.18.0.0/15 is set aside for testing networks (RFC 2544, RFC 6890).
    private readonly string _subnet = string.Create(CultureInfo.InvariantCulture, $"198.{Random.Shared.Next(18, 20)}.{Random.Shared.Next(256)}");
    private readonly List<NetworkHost> _hosts = [];

    /// <summary>The address of the test's own side, that all hosts reach.</summary>
    public string Here => $"{_subnet}.254";

    public IReadOnlyList<NetworkHost> Hosts => _hosts;

    private string Hub => $"{_name}-hub";

    public static async Task<Network> CreateAsync(int hosts)
    {
        var network = new Network();
        try
        {
            await network.BuildAsync(hosts);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on nothing passes between this host and the other hosts, and nobody is told.</summary>
    public async Task CutOffAsync(NetworkHost host)
    {
        await RuleAsync($"iifname \"{host.Port}\" oifname != \"{HerePort}\" drop");
        await RuleAsync($"oifname \"{host.Port}\" iifname != \"{HerePort}\" drop");
    }

    /// <summary>From now on nothing passes between this host and anybody, and nobody is told.</summary>
    public Task UnplugAsync(NetworkHost host) => RunAsync("ip", "-n", Hub, "link", "set", host.Port, "down");

    /// <summary>All links that were cut work again.</summary>
    public Task HealAsync() => RunAsync("ip", "netns", "exec", Hub, "nft", "flush", "chain", "bridge", "cut", "forward");

    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])[Hub, .. _hosts.Select(host => host.Namespace)])
        {
            if (File.Exists($"/run/netns/{name}")) await RunAsync("ip", "netns", "del", name);
        }
    }

    internal static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">Its exit status is not 0.</exception>
    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().Within();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await error}");
    }

    private async Task BuildAsync(int hosts)
    {
        await AddNamespaceAsync(Hub);
        await RunAsync("ip", "-n", Hub, "link", "add", "name", "switch", "up", "type", "bridge");
        await RunAsync("ip", "netns", "exec", Hub, "nft", "add table bridge cut; add chain bridge cut forward { type filter hook forward priority 0; }");

        await RunAsync("ip", "link", "add", "name", _name, "type", "veth", "peer", "name", HerePort, "netns", Hub);
        await RunAsync("ip", "addr", "add", $"{Here}/24", "dev", _name);
        await RunAsync("ip", "link", "set", _name, "up");
        await RunAsync("ip", "-n", Hub, "link", "set", HerePort, "master", "switch", "up");
        for (var i = 1; i <= hosts; i++)
        {
            var host = new NetworkHost($"{_name}-{i}", $"{_subnet}.{i}", $"port{i}");
            _hosts.Add(host);
            await AddNamespaceAsync(host.Namespace);
            await RunAsync("ip", "-n", Hub, "link", "add", "name", host.Port, "type", "veth", "peer", "name", Link, "netns", host.Namespace);
            await RunAsync("ip", "-n", Hub, "link", "set", host.Port, "master", "switch", "up");
            await RunAsync("ip", "-n", host.Namespace, "addr", "add", $"{host.Address}/24", "dev", Link);
            await RunAsync("ip", "-n", host.Namespace, "link", "set", Link, "up");
            await RunAsync("ip", "-n", host.Namespace, "link", "set", "lo", "up");
        }
    }

    private static async Task AddNamespaceAsync(string name)
    {
        Reaper.Made(name);
        await RunAsync("ip", "netns", "add", name);
    }

    private Task RuleAsync(string rule) => RunAsync("ip", "netns", "exec", Hub, "nft", $"add rule bridge cut forward {rule}");
}

/// <param name="Namespace">Its network namespace.</param>
/// <param name="Address">Where the other hosts and the test reach it.</param>
/// <param name="Port">Its end on the bridge.</param>
internal sealed record NetworkHost(string Namespace, string Address, string Port)
{
    /// <summary>What goes before a command that is to run there.</summary>
    public IReadOnlyList<string> Through => ["ip", "netns", "exec", Namespace];

    /// <summary>A TCP connection of the test's own process that starts there.</summary>
    public Task<Socket> ConnectAsync(Uri to) => NetworkNamespace.InAsync(Namespace, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(to.Host, to.Port);
        return socket;
    });
}

/// <summary>A test on a <see cref="Network"/> and a redis-server: where one of them can't be had it is skipped, and says what is missing.</summary>
public sealed class NetworkFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(FindMissing);

    public NetworkFactAttribute() => Skip = RedisProcess.IsInstalled ? WhyNot : RedisMissing.Text;

    /// <summary>Why there can be no network here; null where there can.</summary>
    internal static string? WhyNot => Missing.Value;

    private static string? FindMissing()
    {
        foreach (var (program, package) in (ReadOnlySpan<(string, string)>)[("ip", "iproute2"), ("nft", "nftables")])
        {
            if (!Network.IsInstalled(program)) return $"{program} is not installed here (Debian: apt-get install {package}), and this test cuts links between network namespaces.";
        }
        try
        {
            Task.Run(async () => await (await Network.CreateAsync(1)).DisposeAsync()).Wait();
            return null;
        }
        catch (AggregateException e) when (e.InnerException is InvalidOperationException refused)
        {
            return $"This process may not make network namespaces (it takes root, or CAP_SYS_ADMIN and CAP_NET_ADMIN), and this test cuts links between them: {refused.Message.Trim()}";
        }
    }
}
