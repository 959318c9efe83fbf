using System.Globalization;
using System.Net;

namespace AkkaSockets.Node.Configuration;

/// <summary><c>host:port</c>, where the host is a name, an IPv4 address or an IPv6 address in brackets.</summary>
internal static class Endpoints
{
    public static bool TryParse(string text, out string host, out int port)
    {
        (host, port) = ("", 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535) return false;
        host = text[..colon];
        return IsHost(host);
    }

    public static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>The parts of a comma-separated setting.</summary>
    public static IReadOnlyList<string> Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
