using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>An authority of a cluster's own and the certificates that it gives to members, in files as docs/operations.md has them.</summary>
internal sealed class MemberCertificates : IDisposable
{
    private const string Password = "of-the-tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("members-");
    private readonly X509Certificate2 _authority;
    private int _given;

    public MemberCertificates(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        AuthorityPath = Path.Combine(_folder.FullName, "ca.pem");
        File.WriteAllText(AuthorityPath, _authority.ExportCertificatePem());
    }

    /// <summary>What SSL_CERT_FILE names, so that members trust this authority and no other.</summary>
    public string AuthorityPath { get; }

    /// <summary>A program as it was built, with a certificate of its own and akka.hocon saying so.</summary>
    public string Install(string program)
    {
        var folder = _folder.CreateSubdirectory($"{++_given}");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(program)!)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        var runtimes = Path.Combine(Path.GetDirectoryName(program)!, "runtimes");
        if (Directory.Exists(runtimes)) Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "runtimes"), runtimes);
        var certificate = Path.Combine(folder.FullName, "member.pfx");
        File.WriteAllBytes(certificate, Give());
        File.AppendAllText(Path.Combine(folder.FullName, "akka.hocon"), $$"""

            akka.remote.dot-netty.tcp {
              enable-ssl = true
              ssl.certificate { path = "{{certificate}}", password = "{{Password}}" }
            }
            """);
        return Path.Combine(folder.FullName, Path.GetFileName(program));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private byte[] Give()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(7), RandomNumberGenerator.GetBytes(8));
        using var whole = certificate.CopyWithPrivateKey(key);
        return whole.Export(X509ContentType.Pfx, Password);
    }
}
