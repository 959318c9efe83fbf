using System.Security.Cryptography;
using System.Text;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Auth;

/// <summary>The backends' keys. Hashes are compared, all of them and in constant time, so that timing tells nothing.</summary>
public sealed class ApiKeys(IOptions<ApiOptions> options)
{
    private const string Bearer = "Bearer ";
    private readonly byte[][] _hashes = [.. options.Value.KeyList.Select(Hash)];

    /// <summary>True for a bearer key that is one of ours; with no keys configured (Development only) for anyone.</summary>
    public bool Accepts(string? authorization)
    {
        if (_hashes.Length == 0) return true;
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return false;
        var given = Hash(authorization[Bearer.Length..].Trim());
        var found = false;
        foreach (var hash in _hashes) found |= CryptographicOperations.FixedTimeEquals(hash, given);
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
