using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// A node as a process of its own, on free ports of the loopback, or of the <c>Cluster:Host</c> it is given, and with a data folder of its own, which it keeps when it is started again.
/// Disposing kills it, deletes the folder and hands what it wrote to the test's log.
/// </summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static int _count;

    private readonly ITestOutputHelper? _log;
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"node-{Interlocked.Increment(ref _count)}")).FullName;
    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentBag<IAsyncDisposable> _owned = [];
    private Process? _process;
    private bool _reaped;

    /// <param name="log">Where its output goes at the end; null where a fixture outlives the test.</param>
    /// <param name="settings">On top of, or instead of, the harness's own; null leaves one of these out, and a function is asked for the value.</param>
    public NodeProcess(ITestOutputHelper? log, params (string Key, object? Value)[] settings)
    {
        _log = log;
        var host = settings.FirstOrDefault(setting => setting.Key == "Cluster:Host").Value ?? "127.0.0.1";
        Clients = new Uri($"http://{host}:{FreePorts.Take()}");
        Api = new Uri($"http://{host}:{FreePorts.Take()}");
        _settings = new()
        {
            ["Listen:Clients"] = Clients.GetLeftPart(UriPartial.Authority),
            ["Listen:Api"] = Api.GetLeftPart(UriPartial.Authority),
            ["Listen:Pbm"] = $"127.0.0.1:{FreePorts.Take()}",
            ["Cluster:Port"] = $"{FreePorts.Take()}",
            ["Persistence:Path"] = DataFolder,
            ["Auth:SigningKey"] = Tokens.SigningKey,
            ["Api:Keys"] = BackendClient.Key,
            // The cluster's own words are what explains a node that stopped unasked.
            ["Logging:LogLevel:Akka.Actor"] = "Information",
        };
        foreach (var (key, value) in settings)
        {
            if (value is null) _settings.Remove(key);
            else _settings[key] = Convert.ToString(value is Func<NodeProcess, object> own ? own(this) : value, CultureInfo.InvariantCulture)!;
        }
        Backend = new BackendClient(Api);
    }

    /// <summary>Has each node name its own address to clients.</summary>
    public static (string Key, object? Value) AdvertisingItself { get; } = ("Gateway:AdvertiseUrl", new Func<NodeProcess, object>(node => node.SocketUrl));

    /// <summary>The clients' listener.</summary>
    public Uri Clients { get; }

    /// <summary>The backends' listener.</summary>
    public Uri Api { get; }

    public BackendClient Backend { get; }

    public NodeOutput Output { get; } = new();

    /// <summary>ASPNETCORE_ENVIRONMENT.</summary>
    public string EnvironmentName { get; init; } = "Development";

    /// <summary>The assembly that is run.</summary>
    public string Program { get; init; } = BuiltNode.Path;

    /// <summary>What goes before the command: <see cref="NetworkHost.Through"/>.</summary>
    internal IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>What follows the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Where clients of the library connect.</summary>
    public Uri SocketUrl => new($"ws://{Clients.Authority}/ws");

    /// <summary>A setting as it was given.</summary>
    public string this[string key] => _settings[key];

    /// <summary>A node that is ready.</summary>
    public static async Task<NodeProcess> StartAsync(ITestOutputHelper? log, params (string Key, object? Value)[] settings)
    {
        var node = new NodeProcess(log, settings);
        try
        {
            await node.StartAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process, again if need be, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await Eventually.TrueAsync(IsReadyAsync, "the node is ready", ReadyWithin);
    }

    /// <summary>Starts the process and returns at once.</summary>
    public void Launch()
    {
        if (_process is { HasExited: false }) throw new InvalidOperationException("It runs.");
        _process?.Dispose();
        // A shell that runs the tests in the background has them, and what they start, ignore SIGINT: env undoes that.
        string[] command = [.. Through, "env", "--default-signal=INT,QUIT", BuiltNode.Dotnet, Program, .. Arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var (key, value) in _settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = EnvironmentName;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Output.Add(false, line.Data);
        _process.ErrorDataReceived += (_, line) => Output.Add(true, line.Data);
        _process.Start();
        Reaper.Started(_process.Id);
        _reaped = false;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for the process to end by itself and returns its exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        try
        {
            await _process!.WaitForExitAsync().WaitAsync(within);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The node did not end within {within}; its process: {StateOf(_process!.Id)}.");
        }
        if (!_reaped) Reaper.Ended(_process.Id);
        _reaped = true;
        return _process.ExitCode;
    }

    /// <summary>Disposes <paramref name="client"/> with the node.</summary>
    internal void Own(IAsyncDisposable client) => _owned.Add(client);

    /// <summary>How many files and connections the process has (proc(5)).</summary>
    internal int OpenFiles => Directory.EnumerateFileSystemEntries($"/proc/{_process!.Id}/fd").Count();

    internal void Send(Signal signal) => Signals.Send(_process!.Id, signal);

    /// <summary>kill -9, and the end of it.</summary>
    public async Task KillAsync()
    {
        Send(Signal.Kill);
        await ExitAsync(Eventually.Generous);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) _process.Kill();
        if (_process is not null) await ExitAsync(Eventually.Generous);
        foreach (var client in _owned) await client.DisposeAsync();
        _process?.Dispose();
        Backend.Dispose();
        Directory.Delete(_folder, recursive: true);
        _log?.WriteLine(Output.Text);
    }

    // proc(5). A process that is gone while its end is waited for has left its output to somebody.
    private static string StateOf(int pid)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("State:", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return "gone";
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
        {
            await ExitAsync(Eventually.Generous);
            throw new InvalidOperationException($"The node ended with {_process.ExitCode} before it was ready:{Environment.NewLine}{Output.Text}");
        }
        return await Backend.HealthAsync("ready") == 200;
    }
}
