using System.Buffers.Text;
using System.Text.Json;

namespace AkkaSockets.Client.Tokens;

/// <summary>When a JWT (RFC 7519) ends, and when it should be replaced. The signature is the server's matter.</summary>
internal readonly record struct TokenLife(DateTimeOffset Expires, DateTimeOffset RefreshAt)
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads <c>exp</c> and <c>iat</c>. A token is replaced a tenth of its life before its end, or 30 s if that is shorter;
    /// without <c>iat</c> its life began at <paramref name="now"/>.
    /// </summary>
    /// <returns>Null for what is not a JWT, or has no <c>exp</c>: its end is then the server's to tell.</returns>
    public static TokenLife? Of(string token, DateTimeOffset now)
    {
        if (token.Split('.') is not [_, var payload, _]) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (Date(claims.RootElement, "exp") is not { } expires) return null;
            var life = expires - (Date(claims.RootElement, "iat") ?? now);
            var margin = life / 10 < LongestMargin ? life / 10 : LongestMargin;
            return new TokenLife(expires, expires - (margin > TimeSpan.Zero ? margin : TimeSpan.Zero));
        }
        catch (Exception notJwt) when (notJwt is FormatException or JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Date(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}
