using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AkkaSockets.Node.Api;

/// <summary>What backends ask, on <c>Listen:Api</c>, with a key of <c>Api:Keys</c>.</summary>
public static class BackendApi
{
    /// <summary>Needs a <see cref="NodeLoad"/>, <see cref="Auth.ApiKeys"/> and the user region beside it.</summary>
    public static IServiceCollection AddBackendApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ApiLimits());
        services.TryAddSingleton<LostNodes>();
        services.TryAddSingleton<UserAsker>();
        services.TryAddSingleton<PublishGate>();
        services.TryAddSingleton<Publisher>();
        services.TryAddSingleton<MessageEndpoints>();
        services.TryAddSingleton<UserEndpoints>();
        services.AddNodeReports();
        services.TryAddSingleton<ClusterView>();
        return services.AddApiDocument();
    }

    public static IEndpointRouteBuilder MapBackendApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").OnListener(ListenerRole.Api).AddEndpointFilter((call, next) =>
        {
            ApiRequests.Name(call.HttpContext);
            return next(call);
        }).AddEndpointFilter<RouteGroupBuilder, ApiKeyFilter>();
        MapMessages(api.MapGroup("").WithTags("Messages"));
        MapUsers(api.MapGroup("/users/{user}").WithTags("Users"));
        api.MapGet("/cluster", async (ClusterView cluster, CancellationToken stop) => TypedResults.Json(await cluster.ReadAsync(stop).ConfigureAwait(false)))
            .WithTags("Cluster").WithName("cluster").WithSummary("Members, their shards, users and sockets, and the placement in force.")
            .Produces<ClusterAnswer>().ProducesFaults(401);
        app.MapOpenApi().OnListener(ListenerRole.Api);
        return app;
    }

    private static void MapMessages(RouteGroupBuilder api)
    {
        api.MapPost("/users/{user}/messages", (HttpContext context, MessageEndpoints messages) => messages.PublishAsync(context))
            .WithName("publish").WithSummary("Publishes one message to a user.")
            .WithDescription("Durable: 201 once it is journaled; repeat it with the same id after any fault. Ephemeral: 200, told to the sockets attached now. "
                + "The header Idempotency-Key is the same as id.")
            .TakesBody<MessageBody>("application/json")
            .Produces<StoredAnswer>(StatusCodes.Status201Created).Produces<SocketsAnswer>()
            .ProducesFaults(400, 401, 413, 415, 422, 429, 503);
        api.MapPost("/messages", (HttpContext context, MessageEndpoints messages) => messages.PublishBatchAsync(context))
            .WithName("publishBatch").WithSummary("Publishes many messages: a JSON array, or NDJSON, which streams.")
            .WithDescription("Answers in the form of the request, with an outcome a message, in order. A user's messages are stored in their order; after one "
                + "that met 503, the user's later ones are not tried.")
            .TakesBody<BatchMessageBody[]>(BatchForm.Json).TakesBody<BatchMessageBody>(BatchForm.Ndjson)
            .Produces<OutcomeBody[]>(StatusCodes.Status200OK, BatchForm.Json, BatchForm.Ndjson)
            .ProducesFaults(400, 401, 413, 415, 429);
    }

    private static void MapUsers(RouteGroupBuilder user)
    {
        user.MapGet("", (HttpContext context, UserEndpoints users) => users.DescribeAsync(context))
            .WithName("user").WithSummary("A user's log, owner and devices. One never seen has head 0, and nothing is stored by asking.")
            .Produces<UserAnswer>().ProducesFaults(400, 401, 503);
        user.MapDelete("/connections", (HttpContext context, UserEndpoints users) => users.CloseAsync(context))
            .WithName("close").WithSummary("Closes the user's sockets (4502), or those of one device.")
            .TakesQuery("device", "One device only.")
            .Produces<ClosedAnswer>().ProducesFaults(400, 401, 503);
        user.MapPost("/reconnect", (HttpContext context, UserEndpoints users) => users.ReconnectAsync(context))
            .WithName("reconnect").WithSummary("Asks the user's sockets to come back (reason admin).")
            .Produces<SocketsAnswer>().ProducesFaults(400, 401, 503);
    }
}
