using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>A redis-server of its own for one test: on a free port of the loopback, with its data in a folder that goes with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private readonly List<string> _arguments;
    private Process? _process;

    private RedisServer(int port, IEnumerable<string> arguments)
    {
        Port = port;
        _arguments = [.. arguments];
    }

    /// <summary>Whether this machine has one.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public int Port { get; }

    public string Folder => _folder;

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <param name="arguments">As on the command line: "--maxmemory", "2mb", … Durable (appendfsync always) if they say nothing of it.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = Create(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Picks its port; nothing listens there before <see cref="StartAgainAsync"/>.</summary>
    public static RedisServer Create(params string[] arguments) => new(FreePort(), arguments);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it on the data that it left, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] own =
        [
            "--bind", "127.0.0.1", "--port", _arguments.Contains("--tls-port") ? "0" : $"{Port}", "--dir", _folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always",
        ];
        foreach (var argument in own.Concat(_arguments)) start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start.");
        var said = _process.StandardOutput.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        while (!await AnswersAsync(deadline.Token))
        {
            if (_process.HasExited) throw new InvalidOperationException($"redis-server ended: {await said}");
            await Task.Yield();
        }
    }

    /// <summary>Sends one command.</summary>
    public async Task ExecuteAsync(string command, params object[] arguments)
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true");
        await multiplexer.GetServers()[0].ExecuteAsync(command, arguments);
    }

    /// <summary>CONFIG SET.</summary>
    public Task ConfigureAsync(string setting, string value) => ExecuteAsync("CONFIG", "SET", setting, value);

    /// <summary>kill −9.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>SIGTERM, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        await SignalAsync(process, "TERM");
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    /// <summary>SIGSTOP: it keeps its connections and answers nothing.</summary>
    public Task PauseAsync() => SignalAsync(_process!, "STOP");

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => SignalAsync(_process!, "CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill -{signal} {process.Id} failed.");
    }

    private async Task<bool> AnswersAsync(CancellationToken deadline)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, deadline);
            // Over TLS a connection is all that can be seen from here.
            if (_arguments.Contains("--tls-port")) return true;
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), deadline);
            var answer = new byte[64];
            var length = await stream.ReadAsync(answer, deadline);
            // An error (no password given) is an answer, except that its data is not loaded yet.
            return length > 0 && !answer.AsSpan(0, length).StartsWith("-LOADING"u8);
        }
        catch (SocketException)
        {
            deadline.ThrowIfCancellationRequested();
            return false;
        }
        catch (IOException)
        {
            deadline.ThrowIfCancellationRequested();
            return false;
        }
    }
}
