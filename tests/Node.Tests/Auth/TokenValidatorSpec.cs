using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Auth;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class TokenValidatorSpec
{
    private const string NoJwt = "it is not a JWT";
    private const string NotHs256 = "it is not signed with HS256";
    private const string WrongSignature = "its signature does not fit";
    private const string NoObject = "its payload is not a JSON object";
    private const string BadSub = "its sub is not a user id";
    private const string BadExp = "its exp is not a number of seconds since 1970";
    private const string BadNbf = "its nbf is not a number of seconds since 1970";

    [Fact]
    public void A_valid_token_tells_who_and_until_when()
    {
        var identity = Tokens.Validator().Validate(Tokens.Sign(Tokens.Claims())).Identity!;

        Assert.Equal((UserId.Parse("alice"), Tokens.Now.AddSeconds(60)), (identity.User, identity.ExpiresAt));
        Assert.Same(SendRights.None, identity.Rights);
    }

    public static TheoryData<string, string?> Claims => new()
    {
        { """{"sub":"alice"}""", "it has no exp" },
        { """{"sub":"alice","exp":1790000000}""", "it has expired" },
        { """{"sub":"alice","exp":1789999999.999}""", "it has expired" },
        { """{"sub":"alice","exp":0}""", "it has expired" },
        { """{"sub":"alice","exp":1790000000.5}""", null },
        { """{"sub":"alice","exp":253370764799}""", null },
        { """{"sub":"alice","exp":253370764800}""", BadExp },
        { """{"sub":"alice","exp":1790000060000}""", BadExp },
        { """{"sub":"alice","exp":-1}""", BadExp },
        { """{"sub":"alice","exp":"1790000060"}""", BadExp },
        { """{"sub":"alice","exp":1790000060,"nbf":1790000005}""", null },
        { """{"sub":"alice","exp":1790000060,"nbf":1790000006}""", "it is not valid yet" },
        { """{"sub":"alice","exp":1790000060,"nbf":"1"}""", BadNbf },
        { """{"sub":"alice","exp":1790000060,"iat":1790009999,"iss":"anyone","jti":"1","more":{"a":[1]}}""", null },
        { """{"exp":1790000060}""", "it has no sub" },
        { """{"sub":"","exp":1790000060}""", BadSub },
        { """{"sub":"a b","exp":1790000060}""", BadSub },
        { """{"sub":"a\u0000","exp":1790000060}""", BadSub },
        { """{"sub":7,"exp":1790000060}""", BadSub },
        { """{"sub":null,"exp":1790000060}""", BadSub },
        { $$"""{"sub":"{{new string('a', 128)}}","exp":1790000060}""", null },
        { $$"""{"sub":"{{new string('a', 129)}}","exp":1790000060}""", BadSub },
        { """{"sub":"alice","sub":"bob","exp":1790000060}""", NoObject },
        { "", NoObject },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public void Claims_are_read_strictly(string claims, string? refusal) => Assert.Equal(refusal, Tokens.RefusalOf(Tokens.Sign(claims)));

    /// <summary>What the JWT library itself can't read is refused with less said.</summary>
    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("""{"sub":"alice","exp":1e300}""")]
    [InlineData("""{"sub":"alice","exp":null}""")]
    [InlineData("""{"sub":"alice","exp":{}}""")]
    [InlineData("""{"sub":"alice","exp":true}""")]
    [InlineData("""{"sub":["alice"],"exp":1790000060}""")]
    [InlineData("""{"sub":"a\ud800","exp":1790000060}""")]
    [InlineData("""{"sub":"alice","exp":1790000060,"send":"\ud800"}""")]
    [InlineData("""{"sub":"alice","exp":1790000060""")]
    [InlineData("alice")]
    public void A_payload_that_is_no_set_of_claims_is_refused(string payload) => Assert.Equal(NoJwt, Tokens.RefusalOf(Tokens.Sign(payload)));

    [Theory]
    [InlineData("""{"alg":"none"}""", NotHs256)]
    [InlineData("""{"alg":"None"}""", NotHs256)]
    [InlineData("""{"alg":"RS256"}""", NotHs256)]
    [InlineData("""{"alg":"HS512"}""", NotHs256)]
    [InlineData("""{"alg":"hs256"}""", NotHs256)]
    [InlineData("""{"typ":"JWT"}""", NotHs256)]
    [InlineData("""{"alg":5}""", NoJwt)]
    [InlineData("[]", NoJwt)]
    [InlineData("""{"alg":"HS256","crit":["b64"],"b64":false}""", "it has a crit header")]
    [InlineData("""{"alg":"HS256"}""", null)]
    [InlineData("""{"alg":"HS256","kid":"7","typ":"at+jwt"}""", null)]
    public void No_algorithm_but_HS256_is_taken(string header, string? refusal) => Assert.Equal(refusal, Tokens.RefusalOf(Tokens.Sign(Tokens.Claims(), header)));

    [Fact]
    public void A_token_without_a_signature_is_refused()
    {
        var unsigned = $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{Base64UrlEncoder.Encode(Tokens.Claims())}.";
        Assert.Equal(NotHs256, Tokens.RefusalOf(unsigned));

        var signed = Tokens.Sign(Tokens.Claims());
        Assert.Equal(WrongSignature, Tokens.RefusalOf(signed[..(signed.LastIndexOf('.') + 1)]));
        Assert.Equal(NoJwt, Tokens.RefusalOf(signed[..signed.LastIndexOf('.')]));
    }

    [Fact]
    public void Another_key_or_a_changed_payload_is_refused()
    {
        Assert.Equal(WrongSignature, Tokens.RefusalOf(Tokens.Sign(Tokens.Claims(), key: "another-key-that-is-long-enough-too")));

        var parts = Tokens.Sign(Tokens.Claims()).Split('.');
        parts[1] = Base64UrlEncoder.Encode(Tokens.Claims().Replace("alice", "admin", StringComparison.Ordinal));
        Assert.Equal(WrongSignature, Tokens.RefusalOf(string.Join('.', parts)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("..")]
    [InlineData("....")]
    public void Garbage_is_refused(string token) => Assert.Equal(NoJwt, Tokens.RefusalOf(token));

    [Fact]
    public void A_token_of_a_megabyte_is_not_even_read() => Assert.Equal(NoJwt, Tokens.RefusalOf(Tokens.Sign(Tokens.Claims($"\"more\":\"{new string('a', 1_000_000)}\""))));

    [Theory]
    [InlineData("", """ "aud":"other" """, null)]
    [InlineData("", "", null)]
    [InlineData("push", """ "aud":"push" """, null)]
    [InlineData("push", """ "aud":["other","push"] """, null)]
    [InlineData("push", """ "aud":"other" """, "it is for another audience")]
    [InlineData("push", """ "aud":"PUSH" """, "it is for another audience")]
    [InlineData("push", """ "aud":"push/" """, "it is for another audience")]
    [InlineData("push", """ "aud":[] """, "it is for another audience")]
    [InlineData("push", "", "it is for another audience")]
    public void The_audience_counts_where_one_is_configured(string audience, string claim, string? refusal) =>
        Assert.Equal(refusal, Tokens.RefusalOf(Tokens.Sign(Tokens.Claims(claim.Trim())), audience));

    [Fact]
    public void A_token_expires_at_its_second_by_the_clock_that_was_given()
    {
        var time = new FakeTimeProvider(Tokens.Now);
        var validator = Tokens.Validator(time: time);
        var token = Tokens.Sign(Tokens.Claims());

        time.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.NotNull(validator.Validate(token).Identity);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("it has expired", validator.Validate(token).Refusal);
    }

    [Fact]
    public void Without_a_signing_key_no_token_is_valid() =>
        Assert.Equal("this server has no Auth:SigningKey and no Auth:Authority", Tokens.Validator(key: "").Validate(Tokens.Sign(Tokens.Claims())).Refusal);
}
