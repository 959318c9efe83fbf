using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Load.Tests;

public sealed class TokenMintSpec
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_token_names_its_user_who_may_send_to_all_and_is_good_for_a_while()
    {
        var result = await ValidateAsync(new TokenMint(Key).For("zoë"), Key);

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(("zoë", "*"), (result.Claims["sub"], result.Claims["send"]));
        Assert.True(result.SecurityToken.ValidTo > DateTime.UtcNow.AddMinutes(30));
    }

    [Fact]
    public async Task Another_key_does_not_fit() =>
        Assert.False((await ValidateAsync(new TokenMint(Key).For("zoë"), new string('x', 32))).IsValid);

    private static Task<TokenValidationResult> ValidateAsync(string token, string key) => new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidateIssuer = false,
        ValidateAudience = false,
        IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)),
    });
}
