using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class AnyTokenSpec
{
    [Property(MaxTest = 2_000)]
    public void Any_text_is_refused_and_nothing_thrown(string? text) => AssertRefused(text ?? "");

    [Property(MaxTest = 2_000)]
    public void Any_three_parts_are_refused_and_nothing_thrown(string? header, string? payload, string? signature) =>
        AssertRefused($"{Base64UrlEncoder.Encode(header ?? "")}.{Base64UrlEncoder.Encode(payload ?? "")}.{Base64UrlEncoder.Encode(signature ?? "")}");

    [Property(MaxTest = 2_000)]
    public void Any_signed_payload_is_answered(string? payload) => Answer(Tokens.Sign(payload ?? ""));

    [Property(MaxTest = 1_000)]
    public Property Any_signed_claims_are_answered() => Prop.ForAll(Json.ToArbitrary(), Json.ToArbitrary(), Json.ToArbitrary(), (sub, time, send) =>
        Answer(Tokens.Sign($$"""{"sub":{{sub}},"exp":{{time}},"nbf":{{time}},"send":{{send}},"aud":{{send}}}""")));

    /// <summary>But for the last letter, whose last bits no byte of a signature has.</summary>
    [Property(MaxTest = 2_000)]
    public void A_token_with_one_letter_changed_is_refused(NonNegativeInt position, char letter)
    {
        var token = Tokens.Sign(Tokens.Claims("\"send\":\"*\"")).ToCharArray();
        var changed = position.Get % (token.Length - 1);
        if (token[changed] == letter) return;
        token[changed] = letter;

        AssertRefused(new string(token));
    }

    private static Gen<string> Json => Gen.Elements(
        "\"alice\"", "\"*\"", "\"\"", "\"a b\"", "\"\\ud800\"", "\"\\u0000\"", "null", "true", "[]", "{}", "[\"bob\",7,null,[\"x\"]]", "[[[[[]]]]]",
        "0", "-1", "1790000060", "1790000060.25", "1e18", "1e19", "1e308", "1e309", "-1e309", "9223372036854775808", "253402300800", "{\"a\":{\"b\":[1]}}");

    private static void AssertRefused(string token)
    {
        var (identity, refusal) = Tokens.Validator().Validate(token);

        Assert.Null(identity);
        Assert.False(token.Length > 8 && refusal!.Contains(token, StringComparison.Ordinal));
    }

    private static void Answer(string token)
    {
        var (identity, refusal) = Tokens.Validator().Validate(token);
        Assert.True(identity is null ^ refusal is null);
    }
}
