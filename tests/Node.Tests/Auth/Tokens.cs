using System.Security.Cryptography;
using System.Text;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Tests.Auth;

/// <summary>Makes tokens by hand, wrong ones too, and checks them at <see cref="Now"/>.</summary>
internal static class Tokens
{
    public const string Key = "a-signing-key-of-at-least-32-bytes";
    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    /// <summary>Claims that are valid, and <paramref name="more"/>.</summary>
    public static string Claims(string more = "") => $$"""{"sub":"alice","exp":1790000060{{(more.Length > 0 ? "," : "")}}{{more}}}""";

    public static string Sign(string claims, string header = Header, string key = Key)
    {
        var signed = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(claims)}";
        return $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    public static TokenValidator Validator(string audience = "", string allow = SendOptions.Claim, TimeProvider? time = null, string key = Key) => new(
        Options.Create(new AuthOptions { SigningKey = key, Audience = audience }),
        Options.Create(new SendOptions { Allow = allow }),
        time ?? new FakeTimeProvider(Now));

    /// <summary>A key that is known needs no waiting.</summary>
    public static TokenResult Validate(this TokenValidator validator, string token)
    {
        var result = validator.ValidateAsync(token);
        Assert.True(result.IsCompletedSuccessfully);
        return result.Result;
    }

    /// <summary>Why a token is refused; null where it is not.</summary>
    public static string? RefusalOf(string token, string audience = "")
    {
        var (identity, refusal) = Validator(audience).Validate(token);
        Assert.True(identity is null ^ refusal is null);
        return refusal;
    }
}
