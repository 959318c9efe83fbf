using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.Load;

/// <summary>Makes users' tokens (RFC 7519, HS256) that let them send to everybody.</summary>
internal sealed class TokenMint(string signingKey)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(signingKey);

    public string For(string user)
    {
        var claims = new { sub = user, send = "*", exp = DateTimeOffset.UtcNow.Add(Life).ToUnixTimeSeconds() };
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)))}";
    }
}
