using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Microsoft.AspNetCore.Builder;

namespace AkkaSockets.Node.Tests.Listeners;

public sealed class ListenerFaultsSpec
{
    [Theory]
    [InlineData("Listen:Clients", "http://127.0.0.1")]
    [InlineData("Listen:Api", "http://127.0.0.1")]
    [InlineData("Listen:Api", "http://localhost")]
    [InlineData("Listen:Clients", "http://[::]")]
    [InlineData("Listen:Pbm", "127.0.0.1")]
    public async Task An_address_in_use_is_told_with_its_key(string key, string host)
    {
        using var taken = new TcpListener(host.EndsWith(']') ? IPAddress.IPv6Any : IPAddress.Loopback, 0);
        taken.Start();
        var address = $"{host}:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var line = await StartFaultAsync(key, address);

        Assert.StartsWith($"{key} is '{address}', which can't be bound: Address already in use", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_is_told_with_its_key() =>
        Assert.StartsWith("Listen:Api is 'http://192.0.2.1:8081', which can't be bound: ", await StartFaultAsync("Listen:Api", "http://192.0.2.1:8081"), StringComparison.Ordinal);

    [Fact]
    public async Task A_host_that_is_a_name_is_told_with_what_to_write() =>
        Assert.StartsWith("Listen:Clients is 'http://example.org:80': its host must be an IP address", await StartFaultAsync("Listen:Clients", "http://example.org:80"), StringComparison.Ordinal);

    [Fact]
    public async Task An_https_address_without_a_certificate_is_told_with_what_to_set() =>
        Assert.Contains("Kestrel:Certificates:Default", await StartFaultAsync("Listen:Api", "https://127.0.0.1:0"), StringComparison.Ordinal);

    [Theory]
    [InlineData("missing.pem")]
    [InlineData("appsettings.json")]
    public async Task A_certificate_that_cannot_be_used_is_told_with_its_key(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, file);

        var line = await StartFaultAsync(new() { ["Listen:Clients"] = "https://127.0.0.1:0", ["Kestrel:Certificates:Default:Path"] = path });

        Assert.StartsWith($"Kestrel:Certificates:Default:Path is '{path}', which can't be used: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public async Task An_https_address_takes_Kestrels_own_certificate()
    {
        var file = Path.GetTempFileName();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "secret"));
        try
        {
            await using var host = await ApiHost.StartAsync(new()
            {
                ["Listen:Clients"] = "https://127.0.0.1:0",
                ["Kestrel:Certificates:Default:Path"] = file,
                ["Kestrel:Certificates:Default:Password"] = "secret",
            });
            using var trusting = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
            using var client = new HttpClient(trusting);

            var answer = await client.GetStringAsync(new Uri(host.Clients.BaseAddress!, "/gateway"));

            Assert.Equal($$"""{"url":"wss://127.0.0.1:{{host.Clients.BaseAddress!.Port}}/ws"}""", answer);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<string> StartFaultAsync(string key, string address) => StartFaultAsync(new() { [key] = address });

    private static async Task<string> StartFaultAsync(Dictionary<string, string?> settings)
    {
        var builder = ApiHost.CreateBuilder(settings);
        builder.ConfigureListeners();
        WebApplication? app = null;
        var fault = await Assert.ThrowsAnyAsync<Exception>(async () => await (app = builder.Build()).StartAsync());
        var line = ListenerSetup.DescribeFault(fault, app?.Services);
        Assert.NotNull(line);
        Assert.Null(ListenerSetup.DescribeFault(new InvalidOperationException("of something else"), app?.Services));
        if (app is not null) await app.DisposeAsync();
        return line;
    }
}
