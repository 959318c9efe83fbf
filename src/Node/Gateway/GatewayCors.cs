using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AkkaSockets.Node.Gateway;

/// <summary>
/// Lets pages of other origins ask the gateway (Fetch, section 3.3): those of <c>Limits:Origins</c>, or any where that is empty.
/// There are no cookies here, so a page learns no more than a program could ask for itself.
/// </summary>
public sealed class GatewayCors(IOptions<LimitsOptions> limits)
{
    private const string PreflightSeconds = "7200";

    /// <summary>Says on the answer, whatever it will be, whether the asking page may read it.</summary>
    public void Allow(HttpContext context)
    {
        var origins = limits.Value.OriginList;
        var headers = context.Response.Headers;
        if (origins.Count == 0)
        {
            headers.AccessControlAllowOrigin = "*";
            return;
        }
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        var origin = context.Request.Headers.Origin.ToString();
        if (origins.Contains(origin, StringComparer.OrdinalIgnoreCase)) headers.AccessControlAllowOrigin = origin;
    }

    /// <summary>Answers the browser's question before a request with a token.</summary>
    public IResult AnswerPreflight(HttpContext context)
    {
        Allow(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = HttpMethods.Get;
        headers.AccessControlAllowHeaders = HeaderNames.Authorization;
        headers.AccessControlMaxAge = PreflightSeconds;
        return TypedResults.NoContent();
    }
}
