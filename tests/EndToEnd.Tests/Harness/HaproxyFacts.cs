namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A test behind HAProxy: where none is installed it is skipped, and says so.</summary>
public sealed class HaproxyFactAttribute : FactAttribute
{
    private const string Missing = "haproxy is not installed here (Debian: apt-get install haproxy).";

    public HaproxyFactAttribute()
    {
        var isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "haproxy")));
        if (!isInstalled) Skip = Missing;
    }
}

/// <summary>A test behind HAProxy with nodes that share a redis-server: where one of them is missing it is skipped, and says so.</summary>
public sealed class HaproxyClusterFactAttribute : FactAttribute
{
    public HaproxyClusterFactAttribute() => Skip = new HaproxyFactAttribute().Skip ?? (RedisProcess.IsInstalled ? null : RedisMissing.Text);
}

/// <summary>The same on a <see cref="Network"/>.</summary>
public sealed class HaproxyNetworkFactAttribute : FactAttribute
{
    public HaproxyNetworkFactAttribute() => Skip = new HaproxyFactAttribute().Skip ?? new NetworkFactAttribute().Skip;
}
