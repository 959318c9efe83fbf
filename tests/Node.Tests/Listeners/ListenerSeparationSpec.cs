using System.Net;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AkkaSockets.Node.Tests.Listeners;

public sealed class ListenerSeparationSpec : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(map: app =>
    {
        app.MapGet("/both", () => "clients").OnListener(ListenerRole.Clients);
        app.MapGet("/both", () => "api").OnListener(ListenerRole.Api);
        app.MapGet("/nowhere", () => "?");
        app.MapGet("/started", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("partial");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("after the answer began");
        }).OnListener(ListenerRole.Api);
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/cluster")]
    [InlineData("GET", "/api/users/alice")]
    [InlineData("POST", "/api/users/alice/messages")]
    [InlineData("GET", "/api/users/alice/messages")]
    [InlineData("POST", "/api/messages")]
    [InlineData("GET", "/healthz/live")]
    [InlineData("GET", "/healthz/ready")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/nowhere")]
    public async Task A_path_of_the_inner_listener_is_unknown_to_clients(string method, string path) =>
        await ApiFaultsSpec.AssertProblem(await _host.Clients.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)), 404, "not-found");

    [Theory]
    [InlineData("/gateway")]
    [InlineData("/nowhere")]
    public async Task A_path_of_clients_is_unknown_to_the_inner_listener(string path) =>
        await ApiFaultsSpec.AssertProblem(await _host.Api.GetAsync(path), 404, "not-found");

    [Fact]
    public async Task A_Host_header_does_not_choose_the_listener()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/healthz/live");
        request.Headers.Host = _host.Api.BaseAddress!.Authority;

        Assert.Equal(HttpStatusCode.NotFound, (await _host.Clients.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Both_listeners_may_have_a_path_of_one_name()
    {
        Assert.Equal("clients", await _host.Clients.GetStringAsync("/both"));
        Assert.Equal("api", await _host.Api.GetStringAsync("/both"));
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_named_with_those_that_it_has()
    {
        var response = await _host.Clients.PostAsync("/gateway", null);

        await ApiFaultsSpec.AssertProblem(response, 405, "method-not-allowed");
        Assert.Equal(["GET", "OPTIONS"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task An_answer_that_had_begun_is_broken_off_and_not_made_to_look_whole()
    {
        using var response = await _host.Api.GetAsync("/started", HttpCompletionOption.ResponseHeadersRead);

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_server_does_not_say_what_it_is() =>
        Assert.Empty((await _host.Clients.GetAsync("/gateway")).Headers.Server);
}
