using System.Diagnostics;
using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Persistence.Redis;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class RedisSpec : IDisposable
{
    private const string Password = "of-this-test";

    private static readonly string Configuration = Repository.Read("k8s/base/redis.conf");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactWith("redis-server", "redis-server")]
    public async Task A_server_with_its_configuration_is_one_that_nodes_have_nothing_to_say_against() =>
        Assert.Empty(Assert.Single(await ReportOfAsync(Configuration)).Warnings);

    [TheoryWith("redis-server", "redis-server")]
    [InlineData("appendonly yes", "appendonly no")]
    [InlineData("appendfsync always", "appendfsync everysec")]
    public async Task A_server_that_would_forget_is_told(string line, string broken) =>
        Assert.NotEmpty(Assert.Single(await ReportOfAsync(Broken(line, broken))).Warnings);

    [FactWith("redis-server", "redis-server")]
    public async Task A_server_that_would_drop_keys_is_refused() =>
        await Assert.ThrowsAsync<RedisPolicyException>(() => ReportOfAsync(Broken("maxmemory-policy noeviction", "maxmemory-policy allkeys-lru")));

    private static string Broken(string line, string broken)
    {
        Assert.Contains($"\n{line}\n", Configuration, StringComparison.Ordinal);
        return Configuration.Replace($"\n{line}\n", $"\n{broken}\n", StringComparison.Ordinal);
    }

    /// <summary>What a node would find out about a server with this configuration.</summary>
    private async Task<IReadOnlyList<RedisServerReport>> ReportOfAsync(string configuration)
    {
        var (port, file) = (Loopback.FreePort(), Path.Combine(_folder, "redis.conf"));
        await File.WriteAllTextAsync(file, configuration);
        string[] arguments = [file, "--requirepass", Password, "--port", $"{port}", "--bind", "127.0.0.1", "--dir", _folder];
        using var redis = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        _ = redis.StandardOutput.ReadToEndAsync();
        try
        {
            return await AskAsync(redis, $"127.0.0.1:{port},password={Password}");
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
}
