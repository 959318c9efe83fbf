using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Gateway;

/// <summary><c>GET /gateway</c>: where to open the socket. The answer is for now only, hence never cached.</summary>
public static class GatewayEndpoint
{
    private const string Path = "/gateway";

    private static readonly Problem BadUser = new(StatusCodes.Status400BadRequest, "bad-user",
        "user must have 1 to 128 characters, no control characters and no white space.");

    /// <summary>Needs <see cref="AuthRegistration.AddAuth"/>, a <see cref="Api.NodeLoad"/> and the node's health beside it.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddNodeReports();
        services.TryAddSingleton<GatewayUrls>();
        services.TryAddSingleton<GatewayCors>();
        return services;
    }

    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder app)
    {
        var gateway = app.MapGroup("").OnListener(ListenerRole.Clients).ExcludeFromDescription();
        gateway.MapGet(Path, Answer);
        gateway.MapMethods(Path, [HttpMethods.Options], (HttpContext context, GatewayCors cors) => cors.AnswerPreflight(context));
        return app;
    }

    private static async Task<IResult> Answer(HttpContext context, GatewayUrls urls, GatewayCors cors, TokenValidator tokens, IOptions<AuthOptions> auth)
    {
        cors.Allow(context);
        context.Response.Headers.CacheControl = "no-store";
        UserId? user = null;
        if (RequestToken.Find(context.Request) is { } token)
        {
            var result = await tokens.ValidateAsync(token).ConfigureAwait(false);
            if (result.AskAgainAfter is not null) return TokenProblem.Of(result);
            if (result.Identity is not { } identity) return BadToken(result.Refusal);
            user = identity.User;
        }
        else if (auth.Value.Development && context.Request.Query.TryGetValue("user", out var name))
        {
            if (!UserId.TryParse(name, out var named)) return BadUser;
            user = named;
        }
        return TypedResults.Json(new GatewayAnswer(urls.UrlFor(user, context.Request.Host)));
    }

    private static Problem BadToken(string? refusal) => new(StatusCodes.Status401Unauthorized, "bad-token",
        $"The token was refused: {refusal}. Ask again with a fresh one, or with none.");
}

public sealed record GatewayAnswer(string Url);
