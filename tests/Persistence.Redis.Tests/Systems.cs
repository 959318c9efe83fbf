using Akka.Actor;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>Actor systems for one test, ended with it.</summary>
public sealed class Systems : IAsyncDisposable
{
    private readonly List<ActorSystem> _systems = [];

    public ActorSystem Start(string connectionString, string hocon = "")
    {
        var system = ActorSystem.Create($"s{_systems.Count}", TestConfig.For(connectionString, hocon));
        _systems.Add(system);
        return system;
    }

    /// <summary>A ledger in a system of its own.</summary>
    public LedgerClient Ledger(string connectionString, string? persistenceId = null, string hocon = "") =>
        new(Start(connectionString, hocon), persistenceId ?? $"p-{Guid.NewGuid():N}");

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.Select(s => s.Terminate()));
}
