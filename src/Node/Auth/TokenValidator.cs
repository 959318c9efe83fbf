using System.Text;
using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Auth;

/// <summary>Whose token it is, until when, and whom it lets them send to.</summary>
public sealed record TokenIdentity(UserId User, DateTimeOffset ExpiresAt, SendRights Rights);

/// <summary>An identity, or why there is none; the reason never has a part of the token in it.</summary>
public sealed record TokenResult(TokenIdentity? Identity, string? Refusal);

/// <summary>
/// Checks tokens: a JWT (RFC 7519) signed with HS256 and <c>Auth:SigningKey</c>, with <c>sub</c> and <c>exp</c>. No other algorithm is taken,
/// least of all <c>none</c> (RFC 8725 §3.1).
/// </summary>
public sealed class TokenValidator
{
    private const string SendClaim = "send";
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters? _parameters;
    private readonly string _allow;

    public TokenValidator(IOptions<AuthOptions> auth, IOptions<SendOptions> send, TimeProvider time)
    {
        _allow = send.Value.Allow;
        if (auth.Value.SigningKey.Length == 0) return;
        _parameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(auth.Value.SigningKey)),
            TryAllIssuerSigningKeys = true,
            ValidateIssuer = false,
            ValidateAudience = auth.Value.Audience.Length > 0,
            ValidAudience = auth.Value.Audience,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                return expires > now && (notBefore is null || notBefore <= now);
            },
        };
    }

    public TokenResult Validate(string token)
    {
        if (_parameters is null) return Refused("this server has no Auth:SigningKey");
        // HMAC needs no waiting: the task is always complete.
        var result = _handler.ValidateTokenAsync(token, _parameters).GetAwaiter().GetResult();
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return Refused(WhyNot(result.Exception));
        if (!UserId.TryParse(jwt.Subject, out var user)) return Refused("its sub is not a user id");
        return new(new TokenIdentity(user, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero), SendRights.Of(_allow, FindSend(jwt))), null);
    }

    /// <summary>The claim as JSON, whatever its type; the token's own accessors give a <see cref="JsonElement"/> for objects only.</summary>
    private static JsonElement? FindSend(JsonWebToken jwt)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload));
        return payload.RootElement.TryGetProperty(SendClaim, out var claim) ? claim.Clone() : null;
    }

    private static TokenResult Refused(string why) => new(null, why);

    private static string WhyNot(Exception? fault) => fault switch
    {
        SecurityTokenNoExpirationException => "it has no exp",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException => "it is expired or not valid yet",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidAlgorithmException => "it is not signed with HS256",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => "its signature does not fit",
        _ => "it is not a signed JWT",
    };
}
