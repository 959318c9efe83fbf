using Akka.Actor;
using Akka.Hosting;

namespace AkkaSockets.Node.Membership;

/// <summary>Why a member's process ends other than by being told to, and with which exit status.</summary>
public sealed partial class MemberEnd(IHostApplicationLifetime lifetime, ILogger<MemberEnd> logger)
{
    /// <summary>The cluster went on without this member. Whoever watches the process starts it again, and it joins as a new one.</summary>
    public const int DownedStatus = 3;

    private string? _refusal;

    /// <summary>One line that says why this member can't be in its cluster; null where it can.</summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Ends the process once it has started, the usual way: it leaves the cluster that it can't be in.</summary>
    public void Refuse(string why)
    {
        if (Interlocked.CompareExchange(ref _refusal, why, null) is null) lifetime.ApplicationStarted.Register(lifetime.StopApplication);
    }

    /// <summary>0, or <see cref="DownedStatus"/> for a member that was downed; after the actor system has ended.</summary>
    internal static int StatusOf(ActorSystem system) => WasDowned(system) ? DownedStatus : 0;

    /// <summary>Has the reason logged when a downed member begins to end.</summary>
    internal void LogDowningOf(ActorSystem system) =>
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "say-why", () =>
        {
            if (WasDowned(system)) LogDowned(logger, DownedStatus);
            return Task.FromResult(Akka.Done.Instance);
        });

    private static bool WasDowned(ActorSystem system) => CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason;

    [LoggerMessage(6201, LogLevel.Error,
        "This member was put out of the cluster: it was in the minority of a partition, the others gave it up as dead, or an operator downed it. What it holds goes elsewhere, and it ends with exit status {Status}")]
    private static partial void LogDowned(ILogger logger, int status);
}

internal static class MemberEndExtensions
{
    public static AkkaConfigurationBuilder WithMemberEnd(this AkkaConfigurationBuilder akka, MemberEnd end) => akka.AddStartup((system, _) => end.LogDowningOf(system));
}
