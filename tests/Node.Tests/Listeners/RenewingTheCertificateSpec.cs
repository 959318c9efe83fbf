using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Listeners;

public sealed class RenewingTheCertificateSpec : IAsyncLifetime
{
    private const string Get = "GET /gateway HTTP/1.1\r\nHost: x\r\n\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();
    private ApiHost _host = null!;

    private string CertificatePath => Path.Combine(_folder.FullName, "tls.crt");

    private string KeyPath => Path.Combine(_folder.FullName, "tls.key");

    public async Task InitializeAsync()
    {
        Write("CN=first");
        _host = await ApiHost.StartAsync(
            new()
            {
                ["Listen:Clients"] = "https://127.0.0.1:0",
                ["Kestrel:Certificates:Default:Path"] = CertificatePath,
                ["Kestrel:Certificates:Default:KeyPath"] = KeyPath,
            },
            configure: services => services.AddSingleton<TimeProvider>(_time));
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task New_connections_get_the_new_certificate_and_old_ones_live_on()
    {
        using var old = await ConnectAsync();
        Assert.Equal("CN=first", old.RemoteCertificate!.Subject);
        await AskAsync(old);

        Write("CN=second");
        await TakenAsync("CN=second");

        await AskAsync(old);
        Assert.Equal("CN=first", old.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task A_certificate_without_its_key_changes_nothing_until_the_key_is_there()
    {
        var key = Write("CN=second", writesKey: false);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(ListenerCertificate.LookEvery);
            using var connection = await ConnectAsync();
            Assert.Equal("CN=first", connection.RemoteCertificate!.Subject);
        }
        await File.WriteAllTextAsync(KeyPath, key);
        await TakenAsync("CN=second");
    }

    [Fact]
    public async Task Clients_are_offered_HTTP_1_alone_in_which_a_socket_can_be_opened()
    {
        using var connection = await ConnectAsync(new SslClientAuthenticationOptions { ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] });
        Assert.Equal(SslApplicationProtocol.Http11, connection.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task The_intermediates_in_the_file_are_sent()
    {
        // The root itself is not sent: clients have it, or do not trust it.
        using var root = Authority("CN=root", null);
        using var intermediate = Authority("CN=intermediate", root);
        Write("CN=leaf", issuer: intermediate);
        await TakenAsync("CN=leaf");

        var sent = new List<string>();
        using var connection = await ConnectAsync(new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, _, chain, _) =>
            {
                sent.AddRange(chain!.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject));
                return true;
            },
        });
        Assert.Contains("CN=intermediate", sent);
    }

    /// <summary>Lets time pass until new connections get this certificate.</summary>
    private async Task TakenAsync(string subject)
    {
        await Wait.UntilAsync(() =>
        {
            _time.Advance(ListenerCertificate.LookEvery);
            return _host.Services.GetRequiredService<ListenerCertificate>().Current.ServerCertificateContext!.TargetCertificate.Subject == subject;
        });
        using var connection = await ConnectAsync();
        Assert.Equal(subject, connection.RemoteCertificate!.Subject);
    }

    private async Task<SslStream> ConnectAsync(SslClientAuthenticationOptions? options = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _host.Clients.BaseAddress!.Port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        options ??= new SslClientAuthenticationOptions();
        options.TargetHost = "first";
        options.RemoteCertificateValidationCallback ??= (_, _, _, _) => true;
        await stream.AuthenticateAsClientAsync(options);
        return stream;
    }

    private static async Task AskAsync(SslStream stream)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Get));
        var answer = "";
        var buffer = new byte[4096];
        while (!answer.Contains("\"url\"", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            Assert.NotEqual(0, count);
            answer += Encoding.ASCII.GetString(buffer, 0, count);
        }
        // The end of the answer before it may come first.
        Assert.Contains("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    private static X509Certificate2 Authority(string subject, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        if (issuer is null) return request.CreateSelfSigned(from, until);
        using var certificate = request.Create(issuer, from.AddHours(1), until.AddHours(-1), [9, 9]);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <returns>The key, as PEM.</returns>
    private string Write(string subject, bool writesKey = true, X509Certificate2? issuer = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var (from, until) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(7));
        using var certificate = issuer is null ? request.CreateSelfSigned(from, until) : request.Create(issuer, from, until, [1, 2, 3, 4]);
        var pem = key.ExportPkcs8PrivateKeyPem();
        File.WriteAllText(CertificatePath, $"{certificate.ExportCertificatePem()}\n{issuer?.ExportCertificatePem()}");
        if (writesKey) File.WriteAllText(KeyPath, pem);
        return pem;
    }
}
