using AkkaSockets.Client.Tests.Fakes;
using AkkaSockets.Client.Tokens;

namespace AkkaSockets.Client.Tests.Tokens;

public class TokenLifeSpec
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    [Theory]
    [InlineData(3600, 3570)]
    [InlineData(300, 270)]
    [InlineData(100, 90)]
    [InlineData(10, 9)]
    [InlineData(0, 0)]
    [InlineData(-10, -10)]
    public void Is_replaced_a_tenth_or_30_seconds_before_its_end(int life, int refresh)
    {
        var read = TokenLife.Of(Jwt.Lasting(Now, TimeSpan.FromSeconds(life)), Now);

        Assert.Equal(new TokenLife(Now.AddSeconds(life), Now.AddSeconds(refresh)), read);
    }

    [Fact]
    public void Without_iat_its_life_begins_now() =>
        Assert.Equal(Now.AddSeconds(90), TokenLife.Of(Jwt.With("""{"exp":1000100}"""), Now)!.Value.RefreshAt);

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!!.c")]
    [InlineData("a..c")]
    public void What_is_no_jwt_has_no_known_life(string token) => Assert.Null(TokenLife.Of(token, Now));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"exp\":\"tomorrow\"}")]
    [InlineData("{\"exp\":-1}")]
    [InlineData("{\"exp\":1e300}")]
    public void Without_a_date_it_has_no_known_life(string payload) => Assert.Null(TokenLife.Of(Jwt.With(payload), Now));
}
