using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AkkaSockets.Node.Page;

/// <summary>
/// The page's files, out of the assembly, by their paths. All of them are told with a content security policy by which a browser loads and runs what comes from this listener and nothing
/// else, so that text which slipped through unescaped stays text.
/// </summary>
internal sealed class PageAssets
{
    private const string Prefix = "page/";

    private readonly FrozenDictionary<string, Asset> _assets = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);

    /// <param name="path">As in the folder Assets: <c>uplot/uPlot.esm.js</c>.</param>
    /// <param name="connects">Where the page may connect to, besides this listener.</param>
    public IResult Serve(HttpContext http, string path, string connects = "")
    {
        if (!_assets.TryGetValue(path, out var asset)) return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src {"'self' " + connects}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Another version of the node has other files under the same names.
        headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Bytes, asset.ContentType, entityTag: asset.Tag);
    }

    private static Asset Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var type = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        return new Asset(bytes, type, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    private sealed record Asset(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag);
}
