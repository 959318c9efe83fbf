using System.Text;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Auth;

/// <summary>
/// Checks tokens: a JWT (RFC 7519) with <c>sub</c> and <c>exp</c>, signed with HS256 and <c>Auth:SigningKey</c>, or with a key of <c>Auth:Authority</c>. No
/// algorithm is taken but those of the one that is configured, least of all <c>none</c> (RFC 8725 §3.1). Any text may be given; it is refused, nothing
/// is thrown.
/// </summary>
public sealed class TokenValidator
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // The next try for keys that are missing comes within ten seconds.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly TokenValidationParameters? _parameters;
    private readonly AuthorityKeys? _authority;
    private readonly string _allow;
    private readonly TimeProvider _time;

    /// <param name="authority">Asked only where <c>Auth:Authority</c> is set, and needed only then.</param>
    public TokenValidator(IOptions<AuthOptions> auth, IOptions<SendOptions> send, TimeProvider time, AuthorityKeys? authority = null)
    {
        (_allow, _time) = (send.Value.Allow, time);
        if (auth.Value.Authority.Length > 0) _authority = authority;
        if (auth.Value.SigningKey.Length == 0) return;
        _parameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(auth.Value.SigningKey)),
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = auth.Value.Audience.Length > 0,
            ValidAudience = auth.Value.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            // By TokenClaims, which reads the time from the TimeProvider and says what is wrong.
            ValidateLifetime = false,
        };
    }

    /// <summary>Answers at once, but for a token of an authority whose key is not known here: that one is asked for, within seconds.</summary>
    public async ValueTask<TokenResult> ValidateAsync(string token)
    {
        if (_parameters is null && _authority is null) return Refused("this server has no Auth:SigningKey and no Auth:Authority");
        if (Read(token) is not { } jwt) return Refused("it is not a JWT");
        if (_authority is null && jwt.Alg != SecurityAlgorithms.HmacSha256) return Refused("it is not signed with HS256");
        if (_authority is not null && !AuthorityKeySet.Algorithms.Contains(jwt.Alg)) return Refused("it is not signed with RS256, ES256 or their kin");
        // RFC 7515 §4.1.11: extensions that must be understood, and none is.
        if (jwt.TryGetHeaderValue<object>("crit", out _)) return Refused("it has a crit header");
        if (_authority is null) return await CheckAsync(jwt, _parameters!).ConfigureAwait(false);

        if (await _authority.ForAsync(jwt.Kid).ConfigureAwait(false) is not { } keys)
            return Refused("the keys of its authority can't be had now") with { AskAgainAfter = Soon };
        return keys.MayHaveSigned(jwt.Kid) ? await CheckAsync(jwt, keys.Parameters).ConfigureAwait(false) : Refused("its key is none of the authority's");
    }

    private async ValueTask<TokenResult> CheckAsync(JsonWebToken jwt, TokenValidationParameters parameters)
    {
        var result = await Handler.ValidateTokenAsync(jwt, parameters).ConfigureAwait(false);
        return result.IsValid
            ? TokenClaims.Read(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload), _allow, _time.GetUtcNow())
            : Refused(result.Exception switch
            {
                SecurityTokenInvalidAudienceException => "it is for another audience",
                SecurityTokenInvalidIssuerException => "it is of another issuer",
                _ => "its signature does not fit",
            });
    }

    private static JsonWebToken? Read(string token)
    {
        if (token.Length > TokenValidationParameters.DefaultMaximumTokenSizeInBytes) return null;
        try
        {
            return new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static TokenResult Refused(string why) => new(null, why);
}
