using System.Globalization;
using System.Net;

namespace AkkaSockets.Node.Configuration;

/// <summary><c>host:port</c>, where the host is a name, an IPv4 address or an IPv6 address in brackets.</summary>
internal static class Endpoints
{
    private static readonly string[] HttpSchemes = ["http://", "https://"];

    /// <param name="leastPort">1 where a peer is named: port 0, "any that is free", can only be listened on.</param>
    public static bool TryParse(string text, out string host, out int port, int leastPort = 0)
    {
        (host, port) = ("", 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)) return false;
        host = text[..colon];
        var bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        // Outside brackets the last part of an IPv6 address can't be told from a port.
        return port >= leastPort && port <= IPEndPoint.MaxPort && IsHost(bare) && bare.Contains(':') == (bare != host);
    }

    /// <summary>An <c>http</c> or <c>https</c> URL of a host and a port, with nothing after them but a slash.</summary>
    public static bool TryParseUrl(string url, out string host, out int port)
    {
        (host, port) = ("", 0);
        var scheme = HttpSchemes.FirstOrDefault(s => url.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        if (scheme is null) return false;
        var rest = url[scheme.Length..];
        return TryParse(rest.EndsWith('/') ? rest[..^1] : rest, out host, out port);
    }

    public static string Format(string host, int port) =>
        host.Contains(':') && !host.StartsWith('[')
            ? string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}")
            : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    public static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The parts of a comma-separated setting.</summary>
    public static IReadOnlyList<string> Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
