namespace AkkaSockets.Node.Auth;

/// <summary>Where a request carries its token.</summary>
public static class RequestToken
{
    private const string Bearer = "Bearer ";

    /// <summary><c>Authorization: Bearer T</c> (RFC 6750 §2.1), else <c>?access_token=T</c> (§2.3, for browsers, which can't set headers here); null when neither was sent.</summary>
    public static string? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        // Another scheme, or a bare one, is a credential that was sent and is not valid.
        if (header.Length > 0) return "";
        return request.Query.TryGetValue("access_token", out var query) ? query.ToString() : null;
    }
}
