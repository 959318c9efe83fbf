using System.Net;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Tests.Api;

public sealed class UserEndpointsSpec : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_user_is_described_with_its_devices_and_their_sockets()
    {
        var accepted = new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);
        var socket = new SocketInfo(SocketId.New(), DeviceId.Parse("phone"), accepted.Ticks, "nodeB", "192.0.2.1:4000");
        _host.Users.Answer = command => Task.FromResult<object?>(new UserDescribed(command.User, "e1", 44, 12, "nodeA",
            [new(socket.Device, 41, 1, socket), new(DeviceId.Parse("~1"), 3, 1, null)]));

        var response = await _host.Api.GetAsync("/api/users/alice");

        var since = new DateTimeOffset(accepted).ToUnixTimeMilliseconds();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            $$"""{"user":"alice","epoch":"e1","head":44,"first":12,"node":"nodeA","shard":{{ShardId.Of(UserId.Parse("alice"), 256)}},"devices":["""
            + $$"""{"device":"phone","acked":41,"connected":true,"node":"nodeB","since":{{since}},"remote":"192.0.2.1:4000"},"""
            + """{"device":"~1","acked":3,"connected":false,"node":null,"since":null,"remote":null}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_user_never_seen_has_an_empty_log_and_an_owner()
    {
        var answer = await ApiHost.JsonOf(await _host.Api.GetAsync("/api/users/a%2Fb"));

        Assert.Equal("a/b", answer.GetProperty("user").GetString());
        Assert.Equal((0, "nodeA"), (answer.GetProperty("head").GetInt32(), answer.GetProperty("node").GetString()));
        Assert.IsType<GetUser>(Assert.Single(_host.Users.Commands));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("?device=phone", "phone")]
    [InlineData("?device=~a%2Fb", "~a/b")]
    public async Task Closing_removes_the_sockets_of_all_devices_or_of_one(string query, string? device)
    {
        var response = await _host.Api.DeleteAsync($"/api/users/alice/connections{query}");

        Assert.Equal((HttpStatusCode.OK, """{"closed":3}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(device, Assert.IsType<CloseConnections>(Assert.Single(_host.Users.Commands)).Device?.Value);
    }

    [Fact]
    public async Task Reconnecting_tells_how_many_sockets_were_asked_to_come_back()
    {
        var response = await _host.Api.PostAsync("/api/users/alice/reconnect", null);

        Assert.Equal((HttpStatusCode.OK, """{"sockets":3}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.IsType<RequestReconnect>(Assert.Single(_host.Users.Commands));
    }
}
