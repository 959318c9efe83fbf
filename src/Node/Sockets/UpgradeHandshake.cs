using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// The opening handshake of a WebSocket (RFC 6455 §4.2). ASP.NET Core's own would do, but for its end: when a client breaks the protocol it
/// resets the connection, and the reset overtakes the close frame that says why.
/// </summary>
internal static class UpgradeHandshake
{
    private const string Version = "13";
    private const int KeyBytes = 16;

    /// <summary>True for a well-formed opening handshake (§4.2.1); its version is another matter.</summary>
    public static bool IsHandshake(HttpContext http)
    {
        var headers = http.Request.Headers;
        return http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && HttpMethods.IsGet(http.Request.Method)
            && HasToken(headers.Connection, "Upgrade")
            && HasToken(headers.Upgrade, "websocket")
            && IsKey(headers.SecWebSocketKey);
    }

    public static bool HasKnownVersion(HttpContext http) => http.Request.Headers.SecWebSocketVersion == Version;

    /// <summary>Says which version would have done (§4.2.2, step 4).</summary>
    public static void NameVersion(HttpContext http) => http.Response.Headers.SecWebSocketVersion = Version;

    /// <summary>The subprotocols that the client offers, in its order.</summary>
    public static IEnumerable<string> Offered(HttpContext http) => Tokens(http.Request.Headers.SecWebSocketProtocol);

    /// <summary>Answers 101 and yields the socket and the stream below it.</summary>
    public static async Task<(WebSocket Socket, LingeringStream Stream)> AcceptAsync(HttpContext http, string? subprotocol, TimeSpan pingAfter, TimeSpan pongWithin)
    {
        var headers = http.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptOf(http.Request.Headers.SecWebSocketKey.ToString());
        if (subprotocol is not null) headers.SecWebSocketProtocol = subprotocol;
        // Not the context's own Abort, which would keep the context as long as the socket.
        Action abort = http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort;
        var stream = new LingeringStream(await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false), abort);
        return (WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
        {
            IsServer = true,
            SubProtocol = subprotocol,
            KeepAliveInterval = pingAfter,
            KeepAliveTimeout = pongWithin,
        }), stream);
    }

    /// <summary>§4.2.2, step 5: the key and the protocol's own GUID, hashed. SHA-1 is what the RFC asks for; nothing rests on its strength.</summary>
    internal static string AcceptOf(string key) =>
#pragma warning disable CA5350
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    private static bool IsKey(StringValues key)
    {
        Span<byte> decoded = stackalloc byte[KeyBytes + 2];
        return key.Count == 1 && key[0] is { Length: 24 } text && Convert.TryFromBase64String(text, decoded, out var length) && length == KeyBytes;
    }

    private static bool HasToken(StringValues header, string token) => Tokens(header).Contains(token, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Tokens(StringValues header) =>
        header.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
