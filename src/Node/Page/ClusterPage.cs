using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AkkaSockets.Admin.Hosting;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Node.Admin;
using AkkaSockets.Node.Api;
using AkkaSockets.Node.Listeners;

namespace AkkaSockets.Node.Page;

/// <summary>
/// The cluster page, at <c>/</c> of <c>Listen:Api</c>. Its files hold nothing of the cluster and need no key; what they show comes from <c>/api</c>, with one of
/// <c>Api:Keys</c>.
/// </summary>
public static class ClusterPage
{
    private static readonly Problem NoChange = new(400, "bad-plan", "Name nodes that would join (?join=NAME) or leave (?leave=NAME).");
    private static readonly Problem TooManyPages = new(429, "busy", "This node shows the cluster to as many as it can. Open the page on another node.", TimeSpan.FromSeconds(10));

    public static IServiceCollection AddClusterPage(this IServiceCollection services) => services.AddSingleton<PageAssets>().AddSingleton<ClusterWatch>();

    /// <param name="hasPlayground">Whether there is a playground beside it: in Development only.</param>
    public static IEndpointRouteBuilder MapClusterPage(this IEndpointRouteBuilder app, bool hasPlayground)
    {
        var page = app.MapGroup("").OnListener(ListenerRole.Api).ExcludeFromDescription();
        page.MapGet("/", (HttpContext http, PageAssets assets) => assets.Serve(http, "index.html"));
        page.MapGet("/page/{**path}", (HttpContext http, string? path, PageAssets assets) =>
            path is null || (!hasPlayground && path.StartsWith(Playground.Folder, StringComparison.Ordinal)) ? TypedResults.NotFound() : assets.Serve(http, path));
        if (hasPlayground) page.MapPlayground();

        var cluster = app.MapGroup("/api/cluster").OnListener(ListenerRole.Api).AddEndpointFilter<RouteGroupBuilder, ApiKeyFilter>().WithTags("Cluster");
        cluster.MapGet("/events", Watch)
            .WithName("watchCluster").WithSummary("What the cluster page shows, as server-sent events: hello, then state each second, move and reconnect as they happen.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesFaults(401, 429);
        cluster.MapGet("/plan", PlanAsync)
            .WithName("plan").WithSummary("Which shards, users and sockets would move if nodes joined or left. Moves nothing.")
            .TakesQuery("join", "A node that would join, by the name it will have; may be repeated.").TakesQuery("leave", "A node that would leave or drain; may be repeated.")
            .Produces<PlanAnswer>().ProducesFaults(400, 401);
        return app;
    }

    private static IResult Watch(HttpContext http, ClusterWatch watch, AdminLifetime lifetime)
    {
        if (watch.Join() is not { } viewer) return TooManyPages;
        // A proxy that gathers an answer before it passes it on would show nothing.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ReadAsync(watch, viewer, http.RequestAborted, lifetime.Ended));
    }

    private static async IAsyncEnumerable<SseItem<object>> ReadAsync(
        ClusterWatch watch, Channel<SseItem<object>> viewer, CancellationToken gone, CancellationToken ended, [EnumeratorCancellation] CancellationToken stop = default)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(gone, ended, stop);
        try
        {
            while (await HasMoreAsync(viewer.Reader, any.Token).ConfigureAwait(false))
            {
                while (viewer.Reader.TryRead(out var item)) yield return item;
            }
        }
        finally
        {
            watch.Leave(viewer);
        }
    }

    private static async Task<bool> HasMoreAsync(ChannelReader<SseItem<object>> reader, CancellationToken stop)
    {
        try
        {
            return await reader.WaitToReadAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the node stops: the answer ends here.
            return false;
        }
    }

    private static async Task<IResult> PlanAsync(HttpContext http, MovePlanner planner, CancellationToken stop)
    {
        var (joining, leaving) = (Names("join"), Names("leave"));
        if (joining.Count + leaving.Count == 0) return NoChange;
        try
        {
            var plan = await planner.MakeAsync(joining, leaving, stop).ConfigureAwait(false);
            return TypedResults.Json(new PlanAnswer(
                [.. plan.Pairs.Select(pair => new PlanPair(pair.From, pair.To, pair.Shards, pair.Users, pair.Sockets))],
                [.. plan.Nodes.Select(NodeOf)],
                new PlanTotal(plan.Moves.Count, plan.Shards, plan.Users, plan.Sockets, plan.Reconnects), plan.Silent));
        }
        catch (CommandFailedException fault)
        {
            return new Problem(400, "bad-plan", fault.Message);
        }

        static PlanNode NodeOf(PlannedNode node) => new(
            node.Node, node.Shards, node.Becomes, node.Gives.Shards, node.Takes.Shards, node.Gives.Users, node.Takes.Users, node.Gives.Sockets, node.Takes.Sockets);

        IReadOnlyList<string> Names(string key) => [.. http.Request.Query[key].OfType<string>().Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
