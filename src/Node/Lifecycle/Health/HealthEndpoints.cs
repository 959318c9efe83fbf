using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AkkaSockets.Node.Lifecycle.Health;

/// <summary><c>/healthz/live</c> and <c>/healthz/ready</c>, on the inner listener and without a key.</summary>
public static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddNodeHealth(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new NodeHealth(() => StatusOf(provider), () => IsRegionStarted(provider), provider.GetService<StoreState>(), () => ObstacleOf(provider))
        {
            MovesPaused = () => provider.GetService<PlacementBoard>()?.Paused is { } paused
                ? $"Moves of shards are paused since {paused.Since:u}, through {paused.By} (pbm sharding resume ends it)."
                : null,
        });
        return services;
    }

    public static IEndpointRouteBuilder MapNodeHealth(this IEndpointRouteBuilder app) => app.MapHealth(services => services.GetRequiredService<NodeHealth>().Read());

    /// <param name="read">The facts at this moment, judged.</param>
    internal static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app, Func<IServiceProvider, Readiness> read)
    {
        var health = app.MapGroup("/healthz").OnListener(ListenerRole.Api).WithTags("Health");
        health.MapMethods("/live", Methods, () => TypedResults.Json(new LiveAnswer("live")))
            .WithName("live").WithSummary("200 while the process works.")
            .Produces<LiveAnswer>();
        health.MapMethods("/ready", Methods, (HttpContext http) => Answer(read(http.RequestServices)))
            .WithName("ready").WithSummary("200 while clients may be sent here; 503 names the failing check.")
            .Produces<ReadyAnswer>().Produces<ReadyAnswer>(StatusCodes.Status503ServiceUnavailable);
        return app;
    }

    private static IResult Answer(Readiness readiness)
    {
        var checks = readiness.Checks.ToDictionary(check => check.Name, check => new CheckAnswer(check.Ok, check.Detail));
        var (status, code) = readiness.Status switch
        {
            ReadinessStatus.Ready => ("ready", StatusCodes.Status200OK),
            ReadinessStatus.Degraded => ("degraded", StatusCodes.Status200OK),
            _ => ("unready", StatusCodes.Status503ServiceUnavailable),
        };
        return TypedResults.Json(new ReadyAnswer(status, checks), statusCode: code);
    }

    /// <summary>This member's status as the cluster has it; null while it has joined none.</summary>
    internal static string? StatusOf(IServiceProvider services)
    {
        var cluster = Cluster.Get(services.GetRequiredService<ActorSystem>());
        // Before the join, and after the node was removed, its own member is not among the cluster's.
        return cluster.IsTerminated || !cluster.State.Members.Contains(cluster.SelfMember) ? null : cluster.SelfMember.Status.ToString();
    }

    private static string? ObstacleOf(IServiceProvider services)
    {
        var first = services.GetService<FirstPlacement>();
        // A node that comes to a cluster which has shrunk since hears of its placement, not of how large it was.
        if (services.GetService<PlacementBoard>()?.Placement is not null) first?.SeeShards();
        if (first is { HasBegun: false }) return $"The first placement waits for Cluster:MinNodes: {first.Nodes} of {first.MinNodes} nodes are Up.";
        return services.GetService<Majority>() is { IsHeard: false } ? "This node does not hear a majority of the cluster." : null;
    }

    private static bool IsRegionStarted(IServiceProvider services) =>
        services.GetRequiredService<IReadOnlyActorRegistry>().TryGet<UserRegion>(out var region) && !region.IsNobody();
}

public sealed record LiveAnswer(string Status);

public sealed record ReadyAnswer(string Status, IReadOnlyDictionary<string, CheckAnswer> Checks);

public sealed record CheckAnswer(bool Ok, string Detail);
