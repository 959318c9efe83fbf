using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Auth;

/// <summary>What a node does with an authority's tokens, at <see cref="Tokens.Now"/> and by a clock that the test moves.</summary>
internal sealed class AuthorityHarness : IAsyncDisposable
{
    public const string Audience = "push";

    private readonly AuthorityKeys _keys;
    private readonly TokenValidator _validator;

    private AuthorityHarness(TestIssuer issuer)
    {
        Issuer = issuer;
        var options = Options.Create(new AuthOptions { Authority = issuer.Url, Audience = Audience });
        _keys = new AuthorityKeys(options, Time, NullLogger<AuthorityKeys>.Instance);
        _validator = new TokenValidator(options, Options.Create(new SendOptions()), Time, _keys);
    }

    public TestIssuer Issuer { get; }

    public FakeTimeProvider Time { get; } = new(Tokens.Now);

    public static async Task<AuthorityHarness> StartAsync(params IssuerKey[] keys)
    {
        var authority = await PrepareAsync(keys);
        await authority.BeginAsync();
        return authority;
    }

    /// <summary>Before the node has started.</summary>
    public static async Task<AuthorityHarness> PrepareAsync(params IssuerKey[] keys)
    {
        var issuer = await TestIssuer.StartAsync();
        foreach (var key in keys) issuer.Publish(key);
        return new AuthorityHarness(issuer);
    }

    public Task BeginAsync() => _keys.StartAsync(CancellationToken.None);

    /// <summary>Waits for the first keys.</summary>
    public async Task KeysAsync()
    {
        await Wait.UntilAsync(() => _keys.ForAsync(null) is { IsCompletedSuccessfully: true, Result: not null });
    }

    public string Claims(string user) => Issuer.Claims(user, Audience, Time.GetUtcNow());

    public Task<TokenResult> ValidateAsync(string token) => _validator.ValidateAsync(token).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _keys.StopAsync(CancellationToken.None);
        _keys.Dispose();
        await Issuer.DisposeAsync();
    }
}
