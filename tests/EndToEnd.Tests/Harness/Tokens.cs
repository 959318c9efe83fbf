using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Makes tokens as a team's own backend would: JWTs (RFC 7519) signed with HS256.</summary>
internal static class Tokens
{
    public const string SigningKey = "end-to-end-signing-key-of-40-characters!";

    /// <param name="send">The claim <c>send</c>, as JSON; null for none.</param>
    public static string For(string user, TimeSpan? life = null, string? send = null, string key = SigningKey)
    {
        var expires = DateTimeOffset.UtcNow.Add(life ?? TimeSpan.FromHours(1)).ToUnixTimeSeconds();
        return Sign($$"""{"sub":{{JsonSerializer.Serialize(user)}},"exp":{{expires}}{{(send is null ? "" : $",\"send\":{send}")}}}""", key);
    }

    public static string Sign(string payload, string key = SigningKey)
    {
        var text = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
