using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Node.Tests.Auth;

/// <summary>An OpenID authority of the test's own, on a loopback port: discovery document, key set, and keys that sign.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, IssuerKey> _published = new();
    private int _fetches;

    private TestIssuer(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>What the discovery document says; the URL unless a test says otherwise.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Cuts every connection without an answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>Not null: no request is answered until it ends.</summary>
    public Task? Stuck { get; set; }

    /// <summary>How often the discovery document was asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.Use(issuer.InterruptAsync);
        app.MapGet("/.well-known/openid-configuration", issuer.Discover);
        app.MapGet("/keys", () => Results.Text($$"""{"keys":[{{string.Join(',', issuer._published.Values.Select(key => key.Jwk))}}]}""", "application/json"));
        await app.StartAsync();
        issuer.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        issuer.Issuer = issuer.Url;
        return issuer;
    }

    public IssuerKey Publish(IssuerKey key) => _published[key.Id] = key;

    public void Withdraw(IssuerKey key) => _published.TryRemove(key.Id, out _);

    /// <summary>Claims of a token for <paramref name="audience"/> that is valid for an hour from <paramref name="now"/>.</summary>
    public string Claims(string user, string audience, DateTimeOffset? now = null) => JsonSerializer.Serialize(new
    {
        iss = Issuer,
        aud = audience,
        sub = user,
        exp = (now ?? DateTimeOffset.UtcNow).AddHours(1).ToUnixTimeSeconds(),
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Discover()
    {
        Interlocked.Increment(ref _fetches);
        return Results.Json(new { issuer = Issuer, jwks_uri = $"{Url}/keys" });
    }

    private async Task InterruptAsync(HttpContext context, RequestDelegate next)
    {
        if (Stuck is { } stuck) await stuck.WaitAsync(context.RequestAborted);
        if (IsDown) context.Abort();
        else await next(context);
    }
}
