using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Node.Api;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaSockets.Node.Tests.Api;

public sealed class ClusterViewSpec : IAsyncLifetime
{
    private ApiHost _host = null!;
    private Cluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(limits: new ApiLimits { ClusterDeadline = TimeSpan.FromMilliseconds(500) }, isClustered: true);
        _cluster = Cluster.Get(_host.Services.GetRequiredService<ActorSystem>());
        await _cluster.JoinAsync(_cluster.SelfAddress);
        await Wait.UntilAsync(() => _cluster.SelfMember.Status == MemberStatus.Up);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_cluster_is_told_with_its_members_what_they_carry_and_the_placement()
    {
        _host.Users.Shards = new Dictionary<string, int> { ["10"] = 4, ["9"] = 1 };

        var response = await _host.Api.GetAsync("/api/cluster");

        Assert.Equal(
            $$"""{"members":[{"node":"nodeA","address":"{{_cluster.SelfAddress}}","status":"Up","reachable":true,"roles":["node"],"shards":2,"users":5,"sockets":7,"draining":false,"self":true}],"silent":"""
            + """[],"placement":{"count":256,"version":null,"shards":{"9":"nodeA","10":"nodeA"}}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_member_that_does_not_answer_in_time_is_named()
    {
        _host.Users.IsSilent = true;

        var answer = await ApiHost.JsonOf(await _host.Api.GetAsync("/api/cluster"));

        Assert.Equal("nodeA", Assert.Single(answer.GetProperty("silent").EnumerateArray()).GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("members")[0].GetProperty("shards").ValueKind);
    }

    [Fact]
    public async Task A_member_without_users_carries_none()
    {
        // A second member that runs no region, as Lighthouse does.
        using var other = ActorSystem.Create("akkasockets", Akka.Configuration.ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }"));
        await Cluster.Get(other).JoinAsync(_cluster.SelfAddress);
        await Wait.UntilAsync(() => _cluster.State.Members.Count(member => member.Status == MemberStatus.Up) == 2);

        var answer = await ApiHost.JsonOf(await _host.Api.GetAsync("/api/cluster"));

        var address = Cluster.Get(other).SelfAddress;
        var member = answer.GetProperty("members").EnumerateArray().Single(one => one.GetProperty("address").GetString() == address.ToString());
        Assert.Equal($"{address.Host}:{address.Port}", member.GetProperty("node").GetString());
        Assert.Equal((0, 0, false), (member.GetProperty("shards").GetInt32(), member.GetProperty("users").GetInt32(), member.GetProperty("self").GetBoolean()));
        Assert.Empty(answer.GetProperty("silent").EnumerateArray());
        await other.Terminate();
    }
}
