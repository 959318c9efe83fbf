using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Persistence.Redis;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class RedisSpec : IDisposable
{
    private const string Password = "of-this-test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactWith("redis-server", "redis-server")]
    public async Task A_server_with_its_configuration_is_one_that_nodes_have_nothing_to_say_against()
    {
        var port = FreePort();
        string[] arguments = [Repository.PathOf("k8s/base/redis.conf"), "--requirepass", Password, "--port", $"{port}", "--bind", "127.0.0.1", "--dir", _folder];
        using var redis = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        _ = redis.StandardOutput.ReadToEndAsync();
        try
        {
            Assert.Empty(Assert.Single(await AskAsync(redis, $"127.0.0.1:{port},password={Password}")).Warnings);
        }
        finally
        {
            redis.Kill();
            await redis.WaitForExitAsync();
        }
    }

    private static async Task<IReadOnlyList<RedisServerReport>> AskAsync(Process redis, string configuration)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                return await RedisServerCheck.RunAsync(configuration, deadline.Token);
            }
            catch (RedisStoreException) when (!redis.HasExited && !deadline.IsCancellationRequested)
            {
                // Not there yet.
                await ticks.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
