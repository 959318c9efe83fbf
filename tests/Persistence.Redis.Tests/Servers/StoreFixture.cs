namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>One server for all tests of a class, which keep apart by their persistence ids.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    /// <summary>Which it is, for the tests' output.</summary>
    public abstract string Name { get; }

    public abstract string ConnectionString { get; }

    /// <summary>Where it listens.</summary>
    public abstract int Port { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}

/// <summary>A redis-server; where none is installed, a Garnet.</summary>
public sealed class RedisFixture : StoreFixture
{
    private RedisServer? _redis;
    private GarnetHost? _garnet;

    public override string Name => _redis is not null ? "redis-server" : "Garnet, since no redis-server is installed";

    public override string ConnectionString => _redis?.ConnectionString ?? _garnet!.ConnectionString;

    public override int Port => _redis?.Port ?? _garnet!.Port;

    public override async Task InitializeAsync()
    {
        if (RedisServer.IsInstalled) _redis = await RedisServer.StartAsync();
        else _garnet = new GarnetHost();
    }

    public override async Task DisposeAsync()
    {
        if (_redis is not null) await _redis.DisposeAsync();
        _garnet?.Dispose();
    }
}

/// <summary>A Garnet.</summary>
public sealed class GarnetFixture : StoreFixture
{
    private GarnetHost? _garnet;

    public override string Name => "Garnet";

    public override string ConnectionString => _garnet!.ConnectionString;

    public override int Port => _garnet!.Port;

    public override Task InitializeAsync()
    {
        _garnet = new GarnetHost();
        return Task.CompletedTask;
    }

    public override Task DisposeAsync()
    {
        _garnet?.Dispose();
        return Task.CompletedTask;
    }
}
