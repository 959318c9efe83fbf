using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Tests.Ids;

public sealed class SocketIdSpec
{
    [Fact]
    public void New_ones_differ() => Assert.NotEqual(SocketId.New(), SocketId.New());

    [Fact]
    public void Its_text_is_32_hex_digits() => Assert.Matches("^[0-9a-f]{32}$", SocketId.New().ToString());
}
