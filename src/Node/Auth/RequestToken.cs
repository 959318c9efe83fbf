namespace AkkaSockets.Node.Auth;

/// <summary>Where a request carries its token.</summary>
public static class RequestToken
{
    private const string Bearer = "Bearer ";
    private const string Parameter = "access_token";

    /// <summary>
    /// <c>Authorization: Bearer T</c> (RFC 6750 §2.1), else <c>?access_token=T</c> (§2.3, for browsers, which can't set headers on a
    /// WebSocket); null when neither was sent. An empty text was sent and is no valid token.
    /// </summary>
    public static string? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (OfBearer(header) is { } token) return token;
        if (request.Query.TryGetValue(Parameter, out var query)) return query.ToString();
        // Another scheme, or a bare one, is a credential that was sent and is not valid.
        return header.Length > 0 ? "" : null;
    }

    /// <summary>What follows the scheme, which is written in any case (RFC 9110 §11.1); null for another scheme or none.</summary>
    internal static string? OfBearer(string? authorization) =>
        authorization is not null && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
}
