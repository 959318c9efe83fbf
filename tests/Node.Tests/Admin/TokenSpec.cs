using AkkaSockets.Admin.Hosting;
using AkkaSockets.Admin.Protocol;
using Grpc.Core;

namespace AkkaSockets.Node.Tests.Admin;

public sealed class TokenSpec
{
    [Theory]
    [InlineData("", null, true)]
    [InlineData("", "Bearer anything", true)]
    [InlineData("hush", "Bearer hush", true)]
    [InlineData("hush", "bearer hush", true)]
    [InlineData("hush", "hush", false)]
    [InlineData("hush", "Bearer hus", false)]
    [InlineData("hush", "Bearer hushh", false)]
    [InlineData("hush", "Bearer HUSH", false)]
    [InlineData("hush", "Bearer ", false)]
    [InlineData("hush", "Basic hush", false)]
    [InlineData("hush", "", false)]
    [InlineData("hush", null, false)]
    public void It_is_presented_as_a_bearers(string token, string? authorization, bool isAccepted) => Assert.Equal(isAccepted, new AdminAccess(token).Accepts(authorization));

    [Fact]
    public async Task Without_it_not_even_the_commands_are_told()
    {
        await using var host = await AdminHost.StartAsync(new OnePalette(), "hush");
        var wrong = new Metadata { { "authorization", "Bearer hash" } };
        var right = new Metadata { { "authorization", "Bearer hush" } };

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(async () => await host.Client.DescribeAsync(new DescribeRequest()))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(async () => await host.Client.DescribeAsync(new DescribeRequest(), wrong))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => host.RunAsync(new RunRequest(), wrong))).StatusCode);
        Assert.Equal("node-1", (await host.Client.DescribeAsync(new DescribeRequest(), right)).Member);
    }
}
