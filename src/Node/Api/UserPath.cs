using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using AkkaSockets.Messages.Ids;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaSockets.Node.Api;

/// <summary>
/// The user of <c>/api/users/{user}</c>, decoded exactly once. ASP.NET decodes a path but for <c>%2F</c>, after which <c>a%2Fb</c>
/// and <c>a%252Fb</c> look the same; so this reads what was sent. The ids <c>.</c> and <c>..</c> can't stand in a path (RFC 3986,
/// section 5.2.4): a batch reaches those users.
/// </summary>
internal static class UserPath
{
    // "", "api", "users", the user
    private const int UserSegment = 3;

    public static bool TryRead(HttpContext context, out UserId user)
    {
        user = default;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var segments = PathOf(target).Split('/');
        var isExpected = segments.Length > UserSegment
            && segments[0].Length == 0
            && segments[1].Equals("api", StringComparison.OrdinalIgnoreCase)
            && segments[2].Equals("users", StringComparison.OrdinalIgnoreCase);
        return isExpected && TryDecode(segments[UserSegment], out var text) && UserId.TryParse(text, out user);
    }

    /// <summary>The path of a request target in origin form (<c>/a?b</c>) or in absolute form (<c>http://host/a?b</c>).</summary>
    private static string PathOf(string target)
    {
        var path = target.Split('?', 2)[0];
        if (path.StartsWith('/')) return path;
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        var start = authority < 0 ? -1 : path.IndexOf('/', authority + 3);
        return start < 0 ? "" : path[start..];
    }

    /// <summary>False for a broken escape and for bytes that are not UTF-8.</summary>
    private static bool TryDecode(string segment, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var sent = Encoding.UTF8.GetBytes(segment);
        var decoded = new byte[sent.Length];
        var length = 0;
        for (var i = 0; i < sent.Length; i++)
        {
            if (sent[i] != '%')
            {
                decoded[length++] = sent[i];
                continue;
            }
            if (i + 2 >= sent.Length || !char.IsAsciiHexDigit((char)sent[i + 1]) || !char.IsAsciiHexDigit((char)sent[i + 2])) return false;
            decoded[length++] = Convert.ToByte(Encoding.ASCII.GetString(sent, i + 1, 2), 16);
            i += 2;
        }
        if (!Utf8.IsValid(decoded.AsSpan(0, length))) return false;
        text = Encoding.UTF8.GetString(decoded, 0, length);
        return true;
    }
}
