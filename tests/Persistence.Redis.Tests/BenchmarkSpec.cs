using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using AkkaSockets.Persistence.Redis.Tests.Servers;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>bench/Persistence, as anybody would start it.</summary>
public sealed class BenchmarkSpec : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly string _temp = Directory.CreateTempSubdirectory("bench-").FullName;

    private static string Program { get; } = Path.Combine(
        AppContext.BaseDirectory,
        typeof(BenchmarkSpec).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bench").Value!);

    public void Dispose() => Directory.Delete(_temp, recursive: true);

    [RedisFact]
    public async Task Its_short_form_measures_every_store_and_leaves_nothing_behind()
    {
        using var bench = Start("--short", "--json");
        var faults = bench.StandardError.ReadToEndAsync();
        var (status, said) = await EndAsync(bench);

        Assert.True(status == 0, $"status {status}: {said} {await faults}");
        var report = JsonDocument.Parse(said).RootElement;
        var writes = report.GetProperty("writes").EnumerateArray().ToArray();
        Assert.Equal(
            from writers in (int[])[1, 10, 100] from store in (string[])["floor", "redis", "sqlite"] select (writers, store),
            writes.Select(row => (row.GetProperty("writers").GetInt32(), row.GetProperty("contender").GetString()!)));
        foreach (var row in writes)
        {
            Assert.True(row.GetProperty("acknowledged").GetInt64() > 0);
            Assert.Equal(row.GetProperty("acknowledged").GetInt64(), row.GetProperty("stored").GetInt64());
        }
        Assert.All(report.GetProperty("recoveries").EnumerateArray(), row => Assert.True(row.GetProperty("actorsPerSecond").GetDouble() > 0));
        Assert.Equal(3, report.GetProperty("recoveries").GetArrayLength());
        Assert.Empty(Directory.GetFileSystemEntries(_temp));
    }

    [RedisFact]
    public async Task Interrupted_it_stops_its_server_and_leaves_nothing_behind()
    {
        using var bench = Start("--writers", "10", "--rounds", "1000", "--stores", "redis", "--recover-actors", "0");
        Assert.Contains("round 1 of 1000", await bench.StandardError.ReadLineAsync().WaitAsync(Limit));
        var folder = Assert.Single(Directory.GetDirectories(_temp));
        var server = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "redis.pid")));
        using (var kill = Process.Start("kill", ["-INT", $"{bench.Id}"])) await kill.WaitForExitAsync();
        var (status, _) = await EndAsync(bench);

        Assert.Equal(130, status);
        Assert.Empty(Directory.GetFileSystemEntries(_temp));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(server));
    }

    [Fact]
    public async Task Without_a_server_it_says_what_to_install()
    {
        using var bench = Start("--short", "--redis-server", Path.Combine(_temp, "no-such-server"));
        var said = bench.StandardError.ReadToEndAsync();
        var (status, _) = await EndAsync(bench);

        Assert.Equal(2, status);
        Assert.Contains("apt-get install redis-server", await said);
        Assert.Empty(Directory.GetFileSystemEntries(_temp));
    }

    private Process Start(params string[] arguments)
    {
        // A shell that runs the tests in the background has them, and what they start, ignore SIGINT: env undoes that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = _temp;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // its socket would stand in the same folder
        return Process.Start(start)!;
    }

    private static async Task<(int Status, string Said)> EndAsync(Process bench)
    {
        try
        {
            var said = await bench.StandardOutput.ReadToEndAsync().WaitAsync(Limit);
            await bench.WaitForExitAsync().WaitAsync(Limit);
            return (bench.ExitCode, said);
        }
        finally
        {
            bench.Kill(entireProcessTree: true);
        }
    }
}
