using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class ApiKeysSpec
{
    [Theory]
    [InlineData("Bearer one", true)]
    [InlineData("bearer two ", true)]
    [InlineData("Bearer zwölf", true)]
    [InlineData("Bearer ONE", false)]
    [InlineData("Bearer on", false)]
    [InlineData("Bearer onee", false)]
    [InlineData("Bearer one, two", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Bearer", false)]
    [InlineData("Basic one", false)]
    [InlineData("one", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Each_key_of_the_list_is_taken_and_no_other(string? authorization, bool isTaken) =>
        Assert.Equal(isTaken, Of("one, two,,zwölf").Accepts(authorization));

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer anything")]
    public void Without_keys_anyone_may(string? authorization) => Assert.True(Of("").Accepts(authorization));

    private static ApiKeys Of(string keys) => new(Options.Create(new ApiOptions { Keys = keys }));
}
