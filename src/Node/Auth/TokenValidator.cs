using System.Text;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Auth;

/// <summary>
/// Checks tokens: a JWT (RFC 7519) signed with HS256 and <c>Auth:SigningKey</c>, with <c>sub</c> and <c>exp</c>. No other algorithm is taken,
/// least of all <c>none</c> (RFC 8725 §3.1). Any text may be given; it is refused, nothing is thrown.
/// </summary>
public sealed class TokenValidator
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters? _parameters;
    private readonly string _allow;
    private readonly TimeProvider _time;

    public TokenValidator(IOptions<AuthOptions> auth, IOptions<SendOptions> send, TimeProvider time)
    {
        (_allow, _time) = (send.Value.Allow, time);
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

    public TokenResult Validate(string token)
    {
        if (_parameters is null) return Refused("this server has no Auth:SigningKey");
        if (Read(token) is not { } jwt) return Refused("it is not a JWT");
        if (jwt.Alg != SecurityAlgorithms.HmacSha256) return Refused("it is not signed with HS256");
        // RFC 7515 §4.1.11: extensions that must be understood, and none is.
        if (jwt.TryGetHeaderValue<object>("crit", out _)) return Refused("it has a crit header");
        // HMAC needs no waiting: the task is always complete.
        var result = Handler.ValidateTokenAsync(jwt, _parameters).GetAwaiter().GetResult();
        if (!result.IsValid) return Refused(result.Exception is SecurityTokenInvalidAudienceException ? "it is for another audience" : "its signature does not fit");
        return TokenClaims.Read(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload), _allow, _time.GetUtcNow());
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
