using StackExchange.Redis;

namespace AkkaSockets.PersistenceBench;

/// <summary>One run from the start of its redis-server to the last trace of it removed.</summary>
internal static class Run
{
    /// <exception cref="BenchException">It can't run; the message says what to do.</exception>
    public static async Task<Report> RunAsync(BenchOptions options, Action<string> progress, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        using var redis = await RedisProcess.StartAsync(options.RedisServer, folder.Path, options.AppendFsync, stop).ConfigureAwait(false);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString).ConfigureAwait(false);
        var contenders = new List<IContender>();
        try
        {
            foreach (var name in options.Contenders) contenders.Add(Contenders.Make(name, options, folder.Path, redis, client.GetDatabase()));
            var bench = new Bench(options, contenders, progress);
            var writes = await bench.WriteAsync(stop).ConfigureAwait(false);
            var recoveries = await bench.RecoverAsync(stop).ConfigureAwait(false);
            return new Report(options, Report.Here(redis.Version), writes, recoveries);
        }
        finally
        {
            foreach (var contender in contenders) await contender.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public TemporaryFolder() => AppDomain.CurrentDomain.ProcessExit += OnExit;

        public string Path { get; } = Directory.CreateTempSubdirectory("persistence-bench-").FullName;

        public void Dispose()
        {
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            Delete();
        }

        private void OnExit(object? sender, EventArgs e) => Delete();

        private void Delete()
        {
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        }
    }
}
