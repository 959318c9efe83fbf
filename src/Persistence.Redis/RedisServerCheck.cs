using AkkaSockets.Persistence.Redis.Connections;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis;

/// <summary>Asks Redis servers whether they keep what they are given.</summary>
public static class RedisServerCheck
{
    /// <summary>
    /// Connects, asks every primary and disconnects: for a host that will not start on a server that could drop keys.
    /// The journal and the snapshot store ask the same by themselves, each time a connection comes up.
    /// </summary>
    /// <param name="configurationString">As in <see cref="RedisPersistenceOptions.ConfigurationString"/>.</param>
    /// <param name="cancellation">Ends the waiting for a server that is away.</param>
    /// <param name="configure">As in <see cref="RedisPersistenceOptions.Configure"/>.</param>
    /// <returns>What each of them answered, with <see cref="RedisServerReport.Warnings"/> for the host to log.</returns>
    /// <exception cref="RedisPolicyException">One of them has another maxmemory-policy than noeviction.</exception>
    /// <exception cref="RedisStoreException">None could be reached, within the connection string's connectTimeout.</exception>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public static async Task<IReadOnlyList<RedisServerReport>> RunAsync(
        string configurationString, CancellationToken cancellation = default, Action<ConfigurationOptions>? configure = null)
    {
        var options = ConnectionStrings.Parse(configurationString, configure);
        try
        {
            await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellation).ConfigureAwait(false);
            var reports = await InspectAsync(multiplexer, cancellation).ConfigureAwait(false);
            if (reports.Count == 0)
                throw new RedisStoreException(
                    RedisFailureReason.Unreachable, $"Redis ({ConnectionStrings.Describe(options)}) is not reachable.");
            return reports.Select(r => r.Refusal).FirstOrDefault(r => r is not null) is { } refusal
                ? throw new RedisPolicyException(refusal)
                : reports;
        }
        catch (RedisException e)
        {
            throw RedisFailures.Translate(e, "check", ConnectionStrings.Describe(options));
        }
    }

    /// <summary>Asks the primaries that are connected now. Judges nothing.</summary>
    /// <exception cref="RedisException">The connection broke meanwhile.</exception>
    internal static async Task<IReadOnlyList<RedisServerReport>> InspectAsync(
        IConnectionMultiplexer multiplexer, CancellationToken cancellation = default)
    {
        var primaries = Array.FindAll(multiplexer.GetServers(), s => s.IsConnected && !s.IsReplica);
        return await Task.WhenAll(primaries.Select(InspectAsync)).WaitAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<RedisServerReport> InspectAsync(IServer server)
    {
        // INFO is allowed on most managed servers, where CONFIG is not; only appendfsync is in CONFIG alone.
        var memory = await InfoAsync(server, "memory").ConfigureAwait(false);
        var persistence = await InfoAsync(server, "persistence").ConfigureAwait(false);
        var policy = memory.GetValueOrDefault("maxmemory_policy")
            ?? await ConfigAsync(server, "maxmemory-policy").ConfigureAwait(false);
        var appendOnly = persistence.GetValueOrDefault("aof_enabled")
            ?? await ConfigAsync(server, "appendonly").ConfigureAwait(false);
        var appendFsync = await ConfigAsync(server, "appendfsync").ConfigureAwait(false);
        return new RedisServerReport(
            EndPointCollection.ToString(server.EndPoint), policy, appendOnly is null ? null : appendOnly is "1" or "yes", appendFsync);
    }

    private static async Task<Dictionary<string, string>> InfoAsync(IServer server, string section)
    {
        var lines = ((string?)await AskAsync(server, "INFO", section).ConfigureAwait(false) ?? "").Split("\r\n");
        return lines.Select(l => l.Split(':', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1]);
    }

    private static async Task<string?> ConfigAsync(IServer server, string name)
    {
        var answer = await AskAsync(server, "CONFIG", "GET", name).ConfigureAwait(false);
        return answer is { Length: 2 } && (string?)answer[1] is { Length: > 0 } text ? text : null;
    }

    /// <returns>Null where the server, or the connection string's command map, forbids it.</returns>
    private static async Task<RedisResult?> AskAsync(IServer server, string command, params object[] arguments)
    {
        try
        {
            return await server.ExecuteAsync(command, arguments).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisServerException or RedisCommandException)
        {
            return null;
        }
    }
}
