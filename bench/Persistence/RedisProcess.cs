using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace AkkaSockets.PersistenceBench;

/// <summary>A redis-server of this run alone: on a free port of the loopback, with its data in the run's folder.</summary>
internal sealed class RedisProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private RedisProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        // However this process ends, short of a kill -9.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public int Port { get; }

    // An answer that comes late on a busy machine is a figure, not a fault.
    public string ConnectionString => $"127.0.0.1:{Port},asyncTimeout=120000,syncTimeout=120000,connectTimeout=60000";

    /// <summary>The version, once <see cref="StartAsync"/> is through.</summary>
    public string Version { get; private set; } = "";

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <exception cref="BenchException">It cannot be started; the message says what to do.</exception>
    public static async Task<RedisProcess> StartAsync(string program, string folder, string appendFsync, CancellationToken stop)
    {
        var log = Path.Combine(folder, "redis.log");
        var port = FreePort();
        string[] arguments =
        [
            "--bind", "127.0.0.1", "--port", $"{port}", "--dir", folder, "--save", "", "--logfile", log,
            "--pidfile", Path.Combine(folder, "redis.pid"), "--appendonly", "yes", "--appendfsync", appendFsync,
            // A rewrite in the midst of one contender's turn would be counted against it.
            "--auto-aof-rewrite-percentage", "0",
        ];
        RedisProcess redis;
        try
        {
            redis = new RedisProcess(Process.Start(program, arguments), port);
        }
        catch (Win32Exception e)
        {
            throw new BenchException(
                $"'{program}' can't be started ({e.Message}). Install Redis 6 or later (Debian, Ubuntu: apt-get install redis-server), " +
                "or say where it is: --redis-server PATH.");
        }
        try
        {
            await redis.UntilItAnswersAsync(log, stop).ConfigureAwait(false);
            return redis;
        }
        catch
        {
            redis.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task UntilItAnswersAsync(string log, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        var options = new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, Port } }, AbortOnConnectFail = false };
        await using var client = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
        while (!client.IsConnected)
        {
            stop.ThrowIfCancellationRequested();
            if (_process.HasExited || deadline.IsCancellationRequested)
                throw new BenchException($"redis-server does not answer: {(File.Exists(log) ? await File.ReadAllTextAsync(log, stop).ConfigureAwait(false) : "it left no log.")}");
            await Task.Delay(20, stop).ConfigureAwait(false);
        }
        Version = client.GetServer(IPAddress.Loopback, Port).Version.ToString();
    }

    private void OnExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself, as on a Ctrl-C, which reaches both.
        }
    }
}

/// <summary>The benchmark can't run; the message says why and what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);
