using AkkaSockets.Node.Auth;
using Microsoft.AspNetCore.Http;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class RequestTokenSpec
{
    [Theory]
    [InlineData(null, "", null)]
    [InlineData(null, "?user=alice", null)]
    [InlineData("Bearer T", "", "T")]
    [InlineData("bearer T", "", "T")]
    [InlineData("BEARER   T ", "", "T")]
    [InlineData(null, "?access_token=T", "T")]
    [InlineData(null, "?device=phone&access_token=T", "T")]
    [InlineData(null, "?ACCESS_TOKEN=T", "T")]
    [InlineData("Bearer T", "?access_token=U", "T")]
    [InlineData("Basic YTpi", "?access_token=U", "U")]
    [InlineData("Bearer", "", "")]
    [InlineData("Bearer ", "", "")]
    [InlineData("Bearer ", "?access_token=U", "")]
    [InlineData("BearerT", "", "")]
    [InlineData("Basic YTpi", "", "")]
    [InlineData(null, "?access_token=", "")]
    [InlineData(null, "?access_token", "")]
    [InlineData(null, "?access_token=T&access_token=U", "T,U")]
    public void The_header_goes_before_the_query_and_an_empty_token_was_sent(string? authorization, string query, string? token)
    {
        var request = new DefaultHttpContext().Request;
        if (authorization is not null) request.Headers.Authorization = authorization;
        request.QueryString = new QueryString(query);

        Assert.Equal(token, RequestToken.Find(request));
    }
}
