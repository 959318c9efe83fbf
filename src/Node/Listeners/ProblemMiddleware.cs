using Microsoft.AspNetCore.Connections;

namespace AkkaSockets.Node.Listeners;

/// <summary>Sees to it that whatever goes wrong is told as a problem, and that nothing of the inside is told with it.</summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await For(fault.StatusCode).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        catch (Exception fault) when (IsAbandoned(fault, context))
        {
            // Nobody is there to be answered.
            return;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            log.RequestFailed(context.GetEndpoint()?.DisplayName, fault);
            context.Response.Clear();
            await For(StatusCodes.Status500InternalServerError).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        if (IsBareFault(context.Response)) await For(context.Response.StatusCode).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static bool IsAbandoned(Exception fault, HttpContext context) =>
        fault is ConnectionResetException || (fault is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    private static bool IsBareFault(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private static Problem For(int status) => status switch
    {
        StatusCodes.Status404NotFound => new Problem(status, "not-found", "There is nothing at this path on this listener. "
            + "Clients find /ws and /gateway at Listen:Clients; /api, /healthz, /metrics and /openapi are at Listen:Api."),
        StatusCodes.Status405MethodNotAllowed => new Problem(status, "method-not-allowed", "The header Allow names the methods of this path."),
        StatusCodes.Status408RequestTimeout => new Problem(status, "too-slow", "The request's body came too slowly. Send it again, without pauses."),
        StatusCodes.Status413PayloadTooLarge => new Problem(status, "too-large", "The request's body is longer than this path takes. Send less at once."),
        >= 500 => new Problem(status, "server-fault", "The server failed, and its log says why. Repeat the request with the same ids."),
        _ => new Problem(status, "bad-request", "The request is not well-formed HTTP, or not one that this path takes."),
    };
}
