using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using AkkaSockets.LocalCluster.Balancer;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// HAProxy before nodes of a test, with the configuration of k8s/base: changed in it are only the ports, and that the nodes' addresses are
/// given and not looked up. Disposing kills it and hands what it wrote to the test's log.
/// </summary>
internal sealed class HaproxyProcess : IAsyncDisposable
{
    // Two files a connection, below what a process may have where tests run.
    private const string MaxConnections = "4000";

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);
    private static int _count;

    internal static readonly string ConfigurationOfKubernetes = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, typeof(HaproxyProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "HaproxyConfiguration").Value!));

    private readonly ITestOutputHelper? _log;
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"haproxy-{Interlocked.Increment(ref _count)}")).FullName;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly HttpClient _inside;
    private readonly Process _process;
    private readonly IReadOnlyList<NodeProcess> _nodes;

    private HaproxyProcess(ITestOutputHelper? log, string host, IReadOnlyList<NodeProcess> nodes)
    {
        (_log, _nodes) = (log, nodes);
        var (clients, inside) = (FreePorts.Take(), FreePorts.Take());
        Clients = new Uri($"http://{host}:{clients}");
        _inside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{inside}"), Timeout = Eventually.Generous };
        var file = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(file, HaproxyConfiguration.Rewrite(
            File.ReadAllText(ConfigurationOfKubernetes), Clients.Authority, $"127.0.0.1:{inside}", [.. nodes.Select(node => (node.Clients.Authority, node.Api.Port))]));
        var start = new ProcessStartInfo("haproxy", ["-db", "-f", file]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment["MAXCONN"] = MaxConnections;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        Reaper.Started(_process.Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where clients connect.</summary>
    public Uri Clients { get; }

    /// <summary>Where clients of the library connect.</summary>
    public Uri SocketUrl => new($"ws://{Clients.Authority}/ws");

    public static Task<HaproxyProcess> StartAsync(ITestOutputHelper? log, params IReadOnlyList<NodeProcess> nodes) => StartAsync(log, "127.0.0.1", nodes);

    /// <summary>One that has a node: until it has asked one twice, it takes it for ready.</summary>
    /// <param name="host">Where clients connect.</param>
    /// <param name="nodes">Those that do not run yet are taken in when they do.</param>
    public static async Task<HaproxyProcess> StartAsync(ITestOutputHelper? log, string host, IReadOnlyList<NodeProcess> nodes)
    {
        var haproxy = new HaproxyProcess(log, host, nodes);
        try
        {
            await Eventually.TrueAsync(async () => await haproxy.StatusAsync("/ready") == 200, "HAProxy has a node", AnswersWithin);
            return haproxy;
        }
        catch
        {
            await haproxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>The status of a path of its inner port; 0 when nobody answers.</summary>
    public async Task<int> StatusAsync(string path)
    {
        if (_process.HasExited) throw new InvalidOperationException($"haproxy ended:{Environment.NewLine}{string.Join(Environment.NewLine, _output)}");
        try
        {
            using var answer = await _inside.GetAsync(path);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>Waits until new connections go to this node, or, where <paramref name="isIn"/> is false, do not.</summary>
    public Task TakesAsync(NodeProcess node, bool isIn)
    {
        var server = LabelOf(node);
        return Eventually.TrueAsync(
            async () => await CountAsync("haproxy_server_status", server, $"state=\"{(isIn ? "UP" : "DOWN")}\"") == 1, $"HAProxy has {(isIn ? "taken in" : "taken out")} {server}", AnswersWithin);
    }

    /// <summary>The clients' connections that it holds.</summary>
    public Task<int> ConnectionsAsync() => CountAsync("haproxy_frontend_current_sessions", "proxy=\"clients\"");

    /// <summary>Those of them that lead to this node.</summary>
    public Task<int> ConnectionsAsync(NodeProcess node) => CountAsync("haproxy_server_current_sessions", LabelOf(node));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().Within();
        Reaper.Ended(_process.Id);
        _process.Dispose();
        _inside.Dispose();
        Directory.Delete(_folder, recursive: true);
        _log?.WriteLine(string.Join(Environment.NewLine, _output));
    }

    /// <summary>A figure of its own metrics; 0 where there is none.</summary>
    private async Task<int> CountAsync(string metric, params string[] labels)
    {
        var lines = (await _inside.GetStringAsync("/metrics")).Split('\n');
        var line = lines.FirstOrDefault(line => line.StartsWith($"{metric}{{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)));
        return line is null ? 0 : int.Parse(line[(line.LastIndexOf(' ') + 1)..]);
    }

    private string LabelOf(NodeProcess node) => $"server=\"node{_nodes.ToList().IndexOf(node) + 1}\"";

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }
}
