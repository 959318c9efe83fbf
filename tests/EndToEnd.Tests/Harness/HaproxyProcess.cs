using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// HAProxy before nodes of a test, with the configuration of k8s/base: changed in it are only the ports, and that the nodes' addresses are
/// given and not looked up. Disposing kills it and hands what it wrote to the test's log.
/// </summary>
internal sealed partial class HaproxyProcess : IAsyncDisposable
{
    // Two files a connection, below what a process may have where tests run.
    private const string MaxConnections = "4000";

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);
    private static int _count;

    private readonly ITestOutputHelper? _log;
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"haproxy-{Interlocked.Increment(ref _count)}")).FullName;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly HttpClient _inside;
    private readonly Process _process;

    private HaproxyProcess(ITestOutputHelper? log, IReadOnlyList<NodeProcess> nodes)
    {
        _log = log;
        var (clients, inside) = (FreePorts.Take(), FreePorts.Take());
        Clients = new Uri($"http://127.0.0.1:{clients}");
        _inside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{inside}"), Timeout = Eventually.Generous };
        var file = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(file, Configure(clients, inside, nodes));
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

    /// <summary>One that has found a node that is ready.</summary>
    public static async Task<HaproxyProcess> StartAsync(ITestOutputHelper? log, params IReadOnlyList<NodeProcess> nodes)
    {
        var haproxy = new HaproxyProcess(log, nodes);
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

    private static string Configure(int clients, int inside, IReadOnlyList<NodeProcess> nodes)
    {
        var relative = typeof(HaproxyProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "HaproxyConfiguration").Value!;
        var text = File.ReadAllText(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative)));
        var servers = string.Join(Environment.NewLine, nodes.Select((node, i) => $"    server node{i} {node.Clients.Authority} check port {node.Api.Port}"));
        foreach (var (pattern, replacement) in new[] { (ServerTemplate(), servers), (ClientsBind(), $"    bind 127.0.0.1:{clients}"), (InsideBind(), $"    bind 127.0.0.1:{inside}") })
        {
            Assert.Single(pattern.Matches(text));
            text = pattern.Replace(text, replacement);
        }
        return text;
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    [GeneratedRegex("^ +server-template .*$", RegexOptions.Multiline)]
    private static partial Regex ServerTemplate();

    [GeneratedRegex("^ +bind :8080$", RegexOptions.Multiline)]
    private static partial Regex ClientsBind();

    [GeneratedRegex("^ +bind :8404$", RegexOptions.Multiline)]
    private static partial Regex InsideBind();
}

/// <summary>A test behind HAProxy: where none is installed it is skipped, and says so.</summary>
public sealed class HaproxyFactAttribute : FactAttribute
{
    public HaproxyFactAttribute()
    {
        var isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "haproxy")));
        if (!isInstalled) Skip = "haproxy is not installed here (Debian: apt-get install haproxy).";
    }
}
