using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class SendRightsSpec
{
    private static readonly UserId[] Users = [UserId.Parse("bob"), UserId.Parse("carol"), UserId.Parse("*"), UserId.Parse("BOB")];

    [Theory]
    [InlineData(SendOptions.Claim, "\"*\"", "bob carol * BOB")]
    [InlineData(SendOptions.Claim, "\"bob\"", "bob")]
    [InlineData(SendOptions.Claim, "[\"bob\"]", "bob")]
    [InlineData(SendOptions.Claim, "[\"bob\",\"carol\",\"bob\"]", "bob carol")]
    [InlineData(SendOptions.Claim, "[\"*\"]", "*")]
    [InlineData(SendOptions.Claim, "[\"bob\",7,null,[\"carol\"],\"a b\",\"\"]", "bob")]
    [InlineData(SendOptions.Claim, "[]", "")]
    [InlineData(SendOptions.Claim, "\"\"", "")]
    [InlineData(SendOptions.Claim, "\"bob carol\"", "")]
    [InlineData(SendOptions.Claim, "true", "")]
    [InlineData(SendOptions.Claim, "null", "")]
    [InlineData(SendOptions.Claim, "{\"bob\":true}", "")]
    [InlineData(SendOptions.Claim, null, "")]
    [InlineData(SendOptions.All, null, "bob carol * BOB")]
    [InlineData(SendOptions.All, "[]", "bob carol * BOB")]
    [InlineData(SendOptions.None, "\"*\"", "")]
    [InlineData(SendOptions.None, null, "")]
    public void The_setting_and_the_claim_say_to_whom(string allow, string? claim, string reached)
    {
        var more = claim is null ? "" : $"\"send\":{claim}";
        var ofToken = Tokens.Validator(allow: allow).Validate(Tokens.Sign(Tokens.Claims(more))).Identity!.Rights;
        var ofClaim = SendRights.Of(allow, claim is null ? null : JsonDocument.Parse(claim).RootElement);

        Assert.Equal(reached, string.Join(' ', Users.Where(ofToken.MaySendTo)));
        Assert.Equal(reached, string.Join(' ', Users.Where(ofClaim.MaySendTo)));
    }

    [Fact]
    public void Half_a_character_names_nobody() => Assert.Same(SendRights.None, SendRights.Of(SendOptions.Claim, JsonDocument.Parse("""["\ud800"]""").RootElement));

    [Fact]
    public void All_and_none_are_shared()
    {
        Assert.Same(SendRights.All, SendRights.Of(SendOptions.All, null));
        Assert.Same(SendRights.All, SendRights.Of(SendOptions.Claim, JsonDocument.Parse("\"*\"").RootElement));
        Assert.Same(SendRights.None, SendRights.Of(SendOptions.None, null));
        Assert.Same(SendRights.None, SendRights.Of(SendOptions.Claim, JsonDocument.Parse("[7]").RootElement));
    }
}
