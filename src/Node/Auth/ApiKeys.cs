using System.Security.Cryptography;
using System.Text;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Auth;

/// <summary>The backends' keys. Hashes are compared, all of them and in constant time, so that timing tells nothing.</summary>
public sealed class ApiKeys(IOptions<ApiOptions> options)
{
    private readonly byte[][] _hashes = [.. options.Value.KeyList.Select(Hash)];

    /// <summary>True for a bearer key that is one of ours; with no keys configured, which Development alone allows, for anyone.</summary>
    public bool Accepts(string? authorization)
    {
        if (_hashes.Length == 0) return true;
        if (RequestToken.OfBearer(authorization) is not { } key) return false;
        var given = Hash(key);
        var found = false;
        foreach (var hash in _hashes) found |= CryptographicOperations.FixedTimeEquals(hash, given);
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
