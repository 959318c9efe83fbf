using System.Text.Json;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Auth;

/// <summary>What a token whose signature fits says, and whether it says so now. <c>iat</c> and all else is not looked at.</summary>
internal static class TokenClaims
{
    /// <summary>
    /// An issuer's clock may be ahead of ours. <c>exp</c> has no such leeway: a socket stays 30 s beyond it anyway.
    /// </summary>
    public static readonly TimeSpan NotBeforeLeeway = TimeSpan.FromSeconds(5);

    // Far enough from the end of the calendar that deadlines can be reckoned. Milliseconds, a common mistake, are beyond it.
    private static readonly double LatestSeconds = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    // RFC 8725 §2.5 and 2.6: what parsers read differently must not be read at all.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static TokenResult Read(byte[] payload, string allow, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(payload, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, allow, now) : Refused("its payload is not a JSON object");
        }
        catch (JsonException)
        {
            return Refused("its payload is not a JSON object");
        }
    }

    private static TokenResult Read(JsonElement claims, string allow, DateTimeOffset now)
    {
        if (!claims.TryGetProperty("exp", out var exp)) return Refused("it has no exp");
        if (DateOf(exp) is not { } expires) return Refused("its exp is not a number of seconds since 1970");
        if (expires <= now) return Refused("it has expired");
        if (claims.TryGetProperty("nbf", out var nbf))
        {
            if (DateOf(nbf) is not { } notBefore) return Refused("its nbf is not a number of seconds since 1970");
            if (notBefore > now + NotBeforeLeeway) return Refused("it is not valid yet");
        }
        if (!claims.TryGetProperty("sub", out var sub)) return Refused("it has no sub");
        if (TextOf(sub) is not { } name || !UserId.TryParse(name, out var user)) return Refused("its sub is not a user id");
        return new(new TokenIdentity(user, expires, SendRights.Of(allow, claims.TryGetProperty("send", out var send) ? send : null)), null);
    }

    /// <summary>RFC 7519 §2, NumericDate: seconds, with or without a fraction.</summary>
    private static DateTimeOffset? DateOf(JsonElement claim) =>
        claim.ValueKind == JsonValueKind.Number && claim.TryGetDouble(out var seconds) && seconds >= 0 && seconds < LatestSeconds
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    /// <summary>Null for what is no text, an escaped half of a surrogate pair included.</summary>
    internal static string? TextOf(JsonElement claim)
    {
        if (claim.ValueKind != JsonValueKind.String) return null;
        try
        {
            return claim.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static TokenResult Refused(string why) => new(null, why);
}
