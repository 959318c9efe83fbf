using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaSockets.Node.Listeners.Proxies;

/// <summary>Version 1 (§2.1): a line of US-ASCII, <c>PROXY TCP4 192.0.2.1 192.0.2.2 56324 443</c>, with exactly one space between.</summary>
internal static class ProxyHeaderV1
{
    // §2.1: no line is longer, with its CR LF.
    private const int MostBytes = 107;
    private const string LineEnd = "\r\n";

    public static ReadOnlySpan<byte> Signature => "PROXY "u8;

    /// <param name="bytes">As far as they go, they start with the signature.</param>
    public static ProxyHeader Read(ReadOnlySpan<byte> bytes)
    {
        var within = bytes[..Math.Min(bytes.Length, MostBytes)];
        var end = within.IndexOf("\r\n"u8);
        if (end < 0) return within.Length == MostBytes ? ProxyHeader.Invalid($"its line does not end within {MostBytes} bytes") : ProxyHeader.Incomplete;

        // What is not ASCII is in no word, address or number.
        var words = Encoding.Latin1.GetString(within[Signature.Length..end]).Split(' ');
        var length = end + LineEnd.Length;
        // §2.1: whatever follows is to be ignored.
        if (words[0] == "UNKNOWN") return ProxyHeader.Complete(length);
        var family = words[0] switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        return family != AddressFamily.Unspecified && words is [_, var from, var to, var fromPort, var toPort]
            && ReadAddress(from, family) is { } source && ReadAddress(to, family) is { } destination
            && TryReadPort(fromPort, out var sourcePort) && TryReadPort(toPort, out var destinationPort)
            ? ProxyHeader.Complete(length, new(source, sourcePort), new(destination, destinationPort))
            : ProxyHeader.Invalid("its line is not of a protocol, two addresses of it and two ports");
    }

    /// <summary>The framework's parser takes more (<c>0x7f.1</c>, a scope, brackets), so that it is asked only for what has the one form.</summary>
    private static IPAddress? ReadAddress(string text, AddressFamily family) =>
        (family == AddressFamily.InterNetwork ? IsDotted(text) : text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.'))
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == family ? address : null;

    /// <summary>Four numbers up to 255 without leading zeros, which some read as octal.</summary>
    private static bool IsDotted(string text) => text.Split('.') is { Length: 4 } parts && parts.All(part => TryReadNumber(part, byte.MaxValue, out _));

    private static bool TryReadPort(string text, out int port) => TryReadNumber(text, IPEndPoint.MaxPort, out port);

    private static bool TryReadNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most && (text.Length == 1 || text[0] != '0');
}
