using Microsoft.Extensions.Primitives;

namespace AkkaSockets.Node.Listeners;

/// <summary>
/// Looks at each request of the clients' listener before any endpoint does: whether its address has too many, and whether another request could hide in it
/// (RFC 9112 §11.2). No path of that listener takes a body, so a request that tells the length of one is the last of its connection, and one that tells
/// it by Transfer-Encoding, which balancers and servers are known to read differently, is refused.
/// </summary>
public sealed class ClientRequestMiddleware(RequestDelegate next)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private static readonly Problem TooMany = new(StatusCodes.Status429TooManyRequests, "too-many", "Too many connections of this address are being opened; try again shortly.", Soon);

    private static readonly Problem NoBody = new(StatusCodes.Status400BadRequest, "bad-request", "No path of this listener takes a body: send no Transfer-Encoding.");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Handshake>() is not { } handshake) return next(context);
        handshake.RequestCame();
        if (handshake.IsOneTooMany) return RefuseAsync(context, TooMany);
        if (!StringValues.IsNullOrEmpty(context.Request.Headers.TransferEncoding)) return RefuseAsync(context, NoBody);
        // Any length: Kestrel takes "+0" too, which others read in other ways.
        if (context.Request.ContentLength is not null) context.Response.Headers.Connection = "close";
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, Problem problem)
    {
        context.Response.Headers.Connection = "close";
        return problem.ExecuteAsync(context);
    }
}
