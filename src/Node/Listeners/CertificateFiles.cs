using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AkkaSockets.Node.Listeners;

/// <summary>The files that a section of <c>Kestrel:Certificates</c> names: PEM with its key in <paramref name="KeyPath"/>, or PKCS#12.</summary>
internal sealed record CertificateFiles(string Path, string? KeyPath, string? Password)
{
    /// <summary>Null where the section names no file.</summary>
    public static CertificateFiles? Of(IConfigurationSection section, string folder)
    {
        if (section["Path"] is not { Length: > 0 } path) return null;
        var keyPath = section["KeyPath"] is { Length: > 0 } key ? System.IO.Path.Combine(folder, key) : null;
        return new(System.IO.Path.Combine(folder, path), keyPath, section["Password"]);
    }

    /// <summary>What the files hold, to be told from what they held.</summary>
    public byte[] Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(File.ReadAllBytes(Path));
        if (KeyPath is not null) digest.AppendData(File.ReadAllBytes(KeyPath));
        return digest.GetHashAndReset();
    }

    /// <summary>The certificate with the intermediates that are in its file, which clients need and do not all fetch.</summary>
    public SslStreamCertificateContext Load()
    {
        var all = new X509Certificate2Collection();
        X509Certificate2 own;
        if (KeyPath is null)
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(Path, Password);
            own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("It has no private key; of PEM, that is in :KeyPath.");
        }
        else
        {
            own = Password is { Length: > 0 } ? X509Certificate2.CreateFromEncryptedPemFile(Path, Password, KeyPath) : X509Certificate2.CreateFromPemFile(Path, KeyPath);
            all.ImportFromPemFile(Path);
        }
        var others = new X509Certificate2Collection(all.Where(certificate => certificate.Thumbprint != own.Thumbprint).ToArray());
        return SslStreamCertificateContext.Create(own, others, offline: true);
    }
}
