using System.Security.Cryptography;
using System.Text;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class AuthorityTokensSpec : IAsyncLifetime
{
    private const string NotAsymmetric = "it is not signed with RS256, ES256 or their kin";
    private const string WrongSignature = "its signature does not fit";

    private readonly IssuerKey _rsa = IssuerKey.Rsa("r1");
    private readonly IssuerKey _ec = IssuerKey.Ec("e1");
    private AuthorityHarness _authority = null!;

    public async Task InitializeAsync()
    {
        _authority = await AuthorityHarness.StartAsync(_rsa, _ec);
        await _authority.KeysAsync();
    }

    public async Task DisposeAsync() => await _authority.DisposeAsync();

    [Fact]
    public async Task A_token_of_an_RSA_or_an_EC_key_tells_who_and_until_when()
    {
        foreach (var key in new[] { _rsa, _ec })
        {
            var identity = (await _authority.ValidateAsync(key.Sign(Claims()))).Identity!;
            Assert.Equal((UserId.Parse("alice"), Tokens.Now.AddHours(1)), (identity.User, identity.ExpiresAt));
        }
    }

    [Fact]
    public Task A_token_without_a_kid_is_held_against_every_key() => AssertAsync(null, _ec.Sign(Claims(), """{"alg":"ES256"}"""));

    [Fact]
    public Task Another_issuers_token_is_refused() =>
        AssertAsync("it is of another issuer", _rsa.Sign(Claims().Replace(_authority.Issuer.Issuer, "https://evil.example.com", StringComparison.Ordinal)));

    [Fact]
    public Task A_token_that_names_no_issuer_is_refused() => AssertAsync("it is of another issuer", _rsa.Sign("""{"sub":"alice","aud":"push","exp":1790000060}"""));

    [Theory]
    [InlineData("other")]
    [InlineData("PUSH")]
    [InlineData("")]
    public Task Another_audiences_token_is_refused(string audience) =>
        AssertAsync("it is for another audience", _rsa.Sign(_authority.Issuer.Claims("alice", audience, Tokens.Now)));

    [Fact]
    public Task An_expired_token_is_refused() => AssertAsync("it has expired", _rsa.Sign(_authority.Issuer.Claims("alice", AuthorityHarness.Audience, Tokens.Now.AddHours(-2))));

    [Fact]
    public Task A_strangers_signature_under_a_known_kid_is_refused() => AssertAsync(WrongSignature, IssuerKey.Rsa("r1").Sign(Claims()));

    [Fact]
    public Task A_key_signs_with_its_own_kind_of_algorithm_only() => AssertAsync(WrongSignature, _ec.Sign(Claims(), """{"alg":"RS256","kid":"r1"}"""));

    /// <summary>RFC 8725 §2.1: the public key, which everybody has, taken as the secret of HMAC, in whichever form a server may hold it.</summary>
    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        foreach (var key in new[] { _rsa, _ec })
        {
            foreach (var secret in new[] { key.Pem, key.Pem.Trim(), key.Jwk })
                await AssertAsync(NotAsymmetric, Hmac(secret, key.Id));
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"r1"}""")]
    [InlineData("""{"alg":"None","kid":"r1"}""")]
    [InlineData("""{"kid":"r1"}""")]
    [InlineData("""{"alg":"rs256","kid":"r1"}""")]
    public async Task A_token_of_no_algorithm_is_refused(string header)
    {
        await AssertAsync(NotAsymmetric, _rsa.Sign(Claims(), header));
        await AssertAsync(NotAsymmetric, _rsa.Sign(Claims(), header).Split('.') is [var head, var claims, _] ? $"{head}.{claims}." : "");
    }

    [Fact]
    public Task A_crit_header_is_refused() => AssertAsync("it has a crit header", _rsa.Sign(Claims(), """{"alg":"RS256","kid":"r1","crit":["b64"],"b64":false}"""));

    [Fact]
    public async Task A_secret_that_the_authority_publishes_signs_nothing()
    {
        var secret = _authority.Issuer.Publish(IssuerKey.Secret("s1"));
        await AssertAsync(NotAsymmetric, secret.Sign(Claims()));
        await AssertAsync("its key is none of the authority's", _rsa.Sign(Claims(), """{"alg":"RS256","kid":"s1"}"""));
    }

    /// <summary>A key that the token itself brings or points to (RFC 8725 §3.10) is not looked at.</summary>
    [Fact]
    public async Task A_key_in_the_token_is_not_looked_at()
    {
        var stranger = IssuerKey.Rsa("r1");
        await AssertAsync(WrongSignature, stranger.Sign(Claims(), $$"""{"alg":"RS256","kid":"r1","jwk":{{stranger.Jwk}}}"""));
        await AssertAsync(WrongSignature, stranger.Sign(Claims(), $$"""{"alg":"RS256","kid":"r1","jku":"{{_authority.Issuer.Url}}/keys","x5u":"http://127.0.0.1:1/"}"""));
    }

    private string Claims() => _authority.Claims("alice");

    private string Hmac(string secret, string kid) =>
        new IssuerKey(kid, "HS256", "", "", data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data)).Sign(Claims());

    private async Task AssertAsync(string? refusal, string token)
    {
        var result = await _authority.ValidateAsync(token);
        Assert.Equal((refusal, refusal is null, null), (result.Refusal, result.Identity is not null, result.AskAgainAfter));
    }
}
