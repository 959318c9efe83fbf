using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.Node.Tests.Auth;

/// <summary>A key of <see cref="TestIssuer"/>, which signs what it is given.</summary>
/// <param name="Jwk">Its public half as a JSON Web Key (RFC 7517).</param>
/// <param name="Pem">Its public half as PEM: what an attacker has.</param>
public sealed record IssuerKey(string Id, string Algorithm, string Jwk, string Pem, Func<byte[], byte[]> Signature)
{
    public static IssuerKey Rsa(string id)
    {
        var rsa = RSA.Create(2048);
        var key = rsa.ExportParameters(false);
        var jwk = JsonSerializer.Serialize(new { kty = "RSA", use = "sig", alg = "RS256", kid = id, n = Text(key.Modulus!), e = Text(key.Exponent!) });
        return new(id, "RS256", jwk, rsa.ExportSubjectPublicKeyInfoPem(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static IssuerKey Ec(string id)
    {
        var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = ec.ExportParameters(false);
        var jwk = JsonSerializer.Serialize(new { kty = "EC", use = "sig", alg = "ES256", crv = "P-256", kid = id, x = Text(key.Q.X!), y = Text(key.Q.Y!) });
        return new(id, "ES256", jwk, ec.ExportSubjectPublicKeyInfoPem(), data => ec.SignData(data, HashAlgorithmName.SHA256));
    }

    /// <summary>A secret among the public keys, as no authority should publish it.</summary>
    public static IssuerKey Secret(string id)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return new(id, "HS256", JsonSerializer.Serialize(new { kty = "oct", use = "sig", alg = "HS256", kid = id, k = Text(secret) }), "", data => HMACSHA256.HashData(secret, data));
    }

    public string Sign(string claims, string? header = null)
    {
        var signed = $"{Text(Encoding.UTF8.GetBytes(header ?? $$"""{"alg":"{{Algorithm}}","kid":"{{Id}}","typ":"JWT"}"""))}.{Text(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Text(Signature(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
