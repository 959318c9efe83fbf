using Akka.Actor;
using Akka.Actor.Setup;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>Actor systems for one test, ended with it.</summary>
public sealed class Systems : IAsyncDisposable
{
    private readonly List<ActorSystem> _systems = [];

    public ActorSystem Start(string connectionString, string hocon = "", Setup? setup = null)
    {
        var setups = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(TestConfig.For(connectionString, hocon)));
        if (setup is not null) setups = setups.And(setup);
        var system = ActorSystem.Create($"s{_systems.Count}", setups);
        _systems.Add(system);
        return system;
    }

    /// <summary>A ledger in a system of its own.</summary>
    public LedgerClient Ledger(string connectionString, string? persistenceId = null, string hocon = "") =>
        new(Start(connectionString, hocon), persistenceId ?? $"p-{Guid.NewGuid():N}");

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.Select(s => s.Terminate()));
}
