using AkkaSockets.Messages.Frames;

namespace AkkaSockets.Messages.Tests.Frames;

public sealed class CloseCodeSpec
{
    [Fact]
    public void The_codes_are_those_that_clients_know() => Assert.Equal(
        [1000, 1003, 1006, 1007, 1009, 1011, 1012, 1013, 4001, 4002, 4003, 4004, 4501, 4502, 4503, 4504],
        Enum.GetValues<CloseCode>().Select(code => (int)code).Order());

    [Theory]
    [InlineData(CloseCode.SlowConsumer)]
    [InlineData(CloseCode.TokenExpired)]
    [InlineData(CloseCode.NotOpened)]
    [InlineData(CloseCode.RateLimitAbuse)]
    public void From_4000_to_4499_clients_come_back(CloseCode code) => Assert.InRange((int)code, 4000, 4499);

    [Theory]
    [InlineData(CloseCode.TokenRejected)]
    [InlineData(CloseCode.Removed)]
    [InlineData(CloseCode.Replaced)]
    [InlineData(CloseCode.TooManySockets)]
    public void From_4500_on_they_do_not(CloseCode code) => Assert.InRange((int)code, 4500, 4999);
}
