using System.Buffers;
using System.Text;

namespace AkkaSockets.Node.Sockets.Direct;

/// <summary>
/// The head of a request, where it is beyond doubt one opening handshake for <c>/ws</c> and nothing else (RFC 6455 §4.2.1, RFC 9112). Whatever is unusual is not read
/// here but left to the HTTP server, so nothing is taken here that it would refuse.
/// </summary>
/// <param name="QueryString">With its question mark; empty where there is none.</param>
internal sealed record HandshakeHead(string QueryString, IHeaderDictionary Headers)
{
    /// <summary>Of <c>/ws</c>.</summary>
    public const string Path = "/ws";

    /// <summary>Longer ones are left to the HTTP server too; its own limits are 8 KiB for the first line and 32 KiB for the fields.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int MaxFields = 64;

    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // As in a URL, without "#", which no request has.
    private static readonly SearchValues<byte> QueryBytes = SearchValues.Create("!$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"u8);

    private static readonly SearchValues<byte> HostBytes = SearchValues.Create("-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Null where it is not such a head, whole and with nothing after it.</summary>
    public static HandshakeHead? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes || !bytes.EndsWith("\r\n\r\n"u8)) return null;
        var rest = bytes[..^2];
        if (!TryTakeLine(ref rest, out var first) || QueryOf(first) is not { } query) return null;
        var headers = new HeaderDictionary();
        for (var fields = 0; !rest.IsEmpty; fields++)
        {
            // An empty line before the end is the end of a head that has something after it.
            if (fields == MaxFields || !TryTakeLine(ref rest, out var line) || !TryAdd(line, headers)) return null;
        }
        return IsPlain(headers) ? new(query, headers) : null;
    }

    private static bool TryTakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf("\r\n"u8);
        line = end < 0 ? default : rest[..end];
        if (end < 0) return false;
        rest = rest[(end + 2)..];
        return true;
    }

    private static string? QueryOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("GET /ws"u8) || !line.EndsWith(" HTTP/1.1"u8)) return null;
        var query = line["GET /ws".Length..^" HTTP/1.1".Length];
        return query.IsEmpty || (query[0] == (byte)'?' && !query.ContainsAnyExcept(QueryBytes)) ? Encoding.ASCII.GetString(query) : null;
    }

    private static bool TryAdd(ReadOnlySpan<byte> line, IHeaderDictionary headers)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(TokenBytes)) return false;
        var value = line[(colon + 1)..].Trim(" \t"u8);
        // A dictionary takes no empty value, and a field that is there is another thing than one that is not.
        if (value.IsEmpty || value.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return false;
        headers.Append(Encoding.ASCII.GetString(line[..colon]), Encoding.ASCII.GetString(value));
        return true;
    }

    /// <summary>One host, and nothing that tells of a body or asks for an answer before it.</summary>
    private static bool IsPlain(IHeaderDictionary headers) =>
        headers.Host is [{ Length: > 0 } host] && !Encoding.ASCII.GetBytes(host).AsSpan().ContainsAnyExcept(HostBytes)
        && !headers.ContainsKey("Content-Length") && !headers.ContainsKey("Transfer-Encoding") && !headers.ContainsKey("Expect") && !headers.ContainsKey("Trailer");
}
