using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Auth;

public class TokenValidatorSpec
{
    private const string Key = "a-key-of-at-least-thirty-two-bytes";

    [Theory]
    [InlineData(null, false)]
    [InlineData("\"*\"", true)]
    [InlineData("\"bob\"", true)]
    [InlineData("\"carol\"", false)]
    [InlineData("""["carol","bob"]""", true)]
    [InlineData("""["bob"]""", true)]
    [InlineData("""["carol"]""", false)]
    [InlineData("[]", false)]
    [InlineData("[7,null,\"bob\"]", true)]
    [InlineData("7", false)]
    [InlineData("null", false)]
    [InlineData("""{"bob":true}""", false)]
    public void The_claim_send_says_whom_its_bearer_may_send_to(string? claim, bool bob)
    {
        var validator = new TokenValidator(
            Options.Create(new AuthOptions { SigningKey = Key }), Options.Create(new SendOptions { Allow = SendOptions.Claim }), TimeProvider.System);
        var result = validator.Validate(Sign($$"""{"sub":"alice","exp":4102444800{{(claim is null ? "" : $",\"send\":{claim}")}}}"""));
        Assert.Null(result.Refusal);
        Assert.True(UserId.TryParse("bob", out var user));
        Assert.Equal(bob, result.Identity!.Rights.MaySendTo(user));
    }

    private static string Sign(string payload)
    {
        var text = $"{Encode("""{"alg":"HS256"}""")}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
