using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Lifecycle;

/// <summary>
/// The host's way into the drain routine. StoppingAsync is the only moment that comes before Kestrel stops listening and aborts its
/// connections.
/// </summary>
internal sealed class DrainOnHostStop(DrainRoutine drain) : IHostedLifecycleService, IDisposable
{
    private PosixSignalRegistration? _interrupt;
    private int _interrupts;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The host's own handler takes the first Ctrl-C; a person who presses it again does not want to wait.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
        {
            if (Interlocked.Increment(ref _interrupts) > 1) drain.Hurry();
        });
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => drain.RunAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _interrupt?.Dispose();
}

/// <summary>Registers the drain routine and its entrances.</summary>
public static class DrainRegistration
{
    // What is left of a stop when the last client has gone: Akka's leaving, Kestrel's and the store's end.
    private static readonly TimeSpan StopAfterDrain = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddDrain(this IServiceCollection services)
    {
        services.AddOptions<HostOptions>().Configure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout = drain.Value.Deadline + StopAfterDrain);
        return services
            .AddSingleton<DrainState>()
            .AddSingleton<DrainRoutine>()
            .AddHostedService<DrainOnHostStop>();
    }

    /// <summary>A node that leaves, or is downed, runs CoordinatedShutdown without the host being asked: it drains there, first.</summary>
    public static AkkaConfigurationBuilder AddDrain(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var atMost = services.GetRequiredService<IOptions<DrainOptions>>().Value.Deadline + StopAfterDrain;
        return akka
            .AddHocon($"akka.coordinated-shutdown.phases.before-service-unbind.timeout = {(long)atMost.TotalMilliseconds} ms", HoconAddMode.Prepend)
            .WithActors((system, registry) => registry.Register<ShardDrain>(system.ActorOf(
                ShardDrainActor.PropsOf(
                    registry.Get<UserShards>(), registry.Get<UserRegion>(), registry.Get<PlacementBoardActor>(),
                    services.GetRequiredService<PlacementBoard>(), services.GetRequiredService<DrainState>()),
                "shard-drain")))
            // After a start that failed there are no services left to ask.
            .AddStartup((system, _) => DrainFirst(system, services.GetRequiredService<DrainRoutine>()));
    }

    internal static void DrainFirst(ActorSystem system, DrainRoutine drain) =>
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "drain", async () =>
        {
            await drain.RunAsync().ConfigureAwait(false);
            return Akka.Done.Instance;
        });
}
