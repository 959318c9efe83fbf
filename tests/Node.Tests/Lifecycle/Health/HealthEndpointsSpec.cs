using System.Net;
using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaSockets.Node.Tests.Lifecycle.Health;

public sealed class HealthEndpointsSpec : IAsyncLifetime
{
    private ApiHost _host = null!;
    private NodeHealth _health = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(isClustered: true);
        _health = _host.Services.GetRequiredService<NodeHealth>();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_node_is_alive_before_it_is_ready()
    {
        var response = await _host.Api.GetAsync("/healthz/live");

        Assert.Equal((HttpStatusCode.OK, """{"status":"live"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        await AssertReadinessAsync(HttpStatusCode.ServiceUnavailable, "unready", "cluster", "journal");
    }

    [Fact]
    public async Task Readiness_follows_the_cluster_the_journal_and_the_drain()
    {
        var cluster = Cluster.Get(_host.Services.GetRequiredService<ActorSystem>());
        await cluster.JoinAsync(cluster.SelfAddress);
        await Wait.UntilAsync(() => cluster.SelfMember.Status == MemberStatus.Up);
        await AssertReadinessAsync(HttpStatusCode.ServiceUnavailable, "unready", "journal");

        _health.JournalAnswered();
        await AssertReadinessAsync(HttpStatusCode.OK, "ready");
        _health.JournalFailed(TimeSpan.Zero);
        await AssertReadinessAsync(HttpStatusCode.OK, "degraded", "journal");
        _health.BeginDraining();
        await AssertReadinessAsync(HttpStatusCode.ServiceUnavailable, "unready", "drain", "journal");

        await cluster.LeaveAsync();
        await AssertReadinessAsync(HttpStatusCode.ServiceUnavailable, "unready", "cluster", "drain", "journal");
    }

    [Theory]
    [InlineData("/healthz/live", HttpStatusCode.OK)]
    [InlineData("/healthz/ready", HttpStatusCode.ServiceUnavailable)]
    public async Task A_balancer_may_ask_with_HEAD(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await _host.Api.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))).StatusCode);

    private async Task AssertReadinessAsync(HttpStatusCode code, string status, params string[] failing)
    {
        var response = await _host.Api.GetAsync("/healthz/ready");
        var answer = await ApiHost.JsonOf(response);
        Assert.Equal((code, status), (response.StatusCode, answer.GetProperty("status").GetString()));
        Assert.Equal(failing, answer.GetProperty("checks").EnumerateObject().Where(check => !check.Value.GetProperty("ok").GetBoolean()).Select(check => check.Name));
    }
}
