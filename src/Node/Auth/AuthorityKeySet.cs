using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Auth;

/// <summary>What an authority published at one time: its issuer's name and its keys. Never changed; a newer one takes its place.</summary>
internal sealed class AuthorityKeySet
{
    /// <summary>Signatures that only the authority can make. HMAC is not among them: its "key" would be the public one, which everybody has (RFC 8725 §2.1).</summary>
    public static readonly IReadOnlyList<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly List<AsymmetricSecurityKey> _keys;

    private AuthorityKeySet(string issuer, string audience, List<AsymmetricSecurityKey> keys)
    {
        _keys = keys;
        Parameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            IssuerSigningKeyResolver = (_, _, kid, _) => KeysOf(kid),
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            ValidIssuer = issuer,
            ValidAudience = audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            // By TokenClaims, which reads the time from the TimeProvider and says what is wrong.
            ValidateLifetime = false,
        };
    }

    /// <summary>What a token is held against.</summary>
    public TokenValidationParameters Parameters { get; }

    public int Count => _keys.Count;

    /// <summary>The set in a discovery document, or why there is none: the end of the sentence "the authority's keys can't be used: …".</summary>
    public static (AuthorityKeySet? Set, string? Fault) Of(OpenIdConnectConfiguration published, string audience)
    {
        if (string.IsNullOrEmpty(published.Issuer)) return (null, "its discovery document names no issuer");
        var keys = published.SigningKeys.OfType<AsymmetricSecurityKey>().ToList();
        return keys.Count == 0 ? (null, "it publishes no RSA or EC key for signatures") : (new(published.Issuer, audience, keys), null);
    }

    /// <summary>Whether a token of this <c>kid</c> may have been signed with one of these keys; a token without one with any of them.</summary>
    public bool MayHaveSigned(string? kid) => KeysOf(kid).Any();

    private IEnumerable<SecurityKey> KeysOf(string? kid) =>
        string.IsNullOrEmpty(kid) ? _keys : _keys.Where(key => string.IsNullOrEmpty(key.KeyId) || key.KeyId == kid);
}
