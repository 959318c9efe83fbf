using AkkaSockets.Node.Auth;

namespace AkkaSockets.Node.Api;

/// <summary>Lets a request through that brings one of <c>Api:Keys</c>; the body of another is never read.</summary>
internal sealed class ApiKeyFilter(ApiKeys keys) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        keys.Accepts(context.HttpContext.Request.Headers.Authorization) ? await next(context).ConfigureAwait(false) : ApiProblems.BadKey;
}
