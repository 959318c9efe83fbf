using System.Buffers;
using AkkaSockets.Node.Listeners;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaSockets.Node.Api;

/// <summary>Bounded bodies.</summary>
internal static class RequestBody
{
    /// <summary>Bounds the body; past it, reading throws a <see cref="BadHttpRequestException"/> with status 413.</summary>
    /// <returns>What is wrong with the body already, by its headers; else null.</returns>
    public static Problem? Bound(HttpContext context, long maxBytes)
    {
        var headers = context.Request.Headers;
        if (headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity") return ApiProblems.Encoded;
        if (headers.ContentLength > maxBytes) return ApiProblems.BodyTooLarge(maxBytes);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maxBytes;
        return null;
    }

    /// <summary>The body; null when it has more than <paramref name="maxBytes"/>.</summary>
    public static async Task<byte[]?> ReadAllAsync(HttpContext context, int maxBytes)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            var result = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            var bytes = result.Buffer;
            if (bytes.Length > maxBytes)
            {
                body.AdvanceTo(bytes.End);
                return null;
            }
            if (result.IsCompleted)
            {
                var all = bytes.ToArray();
                body.AdvanceTo(bytes.End);
                return all;
            }
            body.AdvanceTo(bytes.Start, bytes.End);
        }
    }
}
