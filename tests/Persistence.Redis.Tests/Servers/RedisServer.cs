using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>A redis-server of its own for one test: on a free port of the loopback, with its data in a folder that goes with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

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

    public string ConnectionString => $"127.0.0.1:{Port}{Patience.Options}";

    /// <param name="arguments">As on the command line: "--maxmemory", "2mb", … Durable (appendfsync always) if they say nothing of it.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = Create(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <param name="arguments">The same, given its port.</param>
    public static async Task<RedisServer> StartAsync(Func<int, string[]> arguments)
    {
        var port = FreePort();
        var server = new RedisServer(port, arguments(port));
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
        using var deadline = new CancellationTokenSource(Limit);
        while (!await AnswersAsync(deadline.Token))
        {
            if (_process.HasExited) throw new InvalidOperationException($"redis-server ended: {await said}");
            await Task.Yield();
        }
    }

    /// <summary>Sends one command.</summary>
    public Task ExecuteAsync(string command, params object[] arguments) => AskAsync(command, arguments);

    /// <summary>Sends one command and has its answer as text.</summary>
    public async Task<string> AskAsync(string command, params object[] arguments)
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true");
        // In a cluster the client knows of the others, too.
        return $"{await multiplexer.GetServer("127.0.0.1", Port).ExecuteAsync(command, arguments)}";
    }

    /// <summary>CONFIG SET.</summary>
    public Task ConfigureAsync(string setting, string value) => ExecuteAsync("CONFIG", "SET", setting, value);

    /// <summary>Waits until the answer to a command says something.</summary>
    public async Task UntilAnswersAsync(string[] command, string says)
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true");
        var waited = Stopwatch.StartNew();
        while (await multiplexer.GetServer("127.0.0.1", Port).ExecuteAsync(command[0], [.. command.Skip(1)]) is var answer
            && !((string)answer!).Contains(says, StringComparison.Ordinal))
        {
            if (waited.Elapsed > Limit) throw new TimeoutException($"{string.Join(' ', command)} does not say {says}: {answer}");
            await Task.Delay(20);
        }
    }

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
        await process.WaitForExitAsync().WaitAsync(Limit);
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
