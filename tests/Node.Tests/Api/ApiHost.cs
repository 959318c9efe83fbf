using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using AkkaSockets.Node.Api;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Gateway;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Api;

/// <summary>A node's HTTP side on real ports, over users that are played.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string Key = "a-key-of-backends";
    public const string SigningKey = "a-signing-key-of-at-least-32-bytes";

    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeUsers users)
    {
        (_app, Users) = (app, users);
        Api = ClientOf(ListenerRole.Api);
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Clients = ClientOf(ListenerRole.Clients);
    }

    public FakeUsers Users { get; }

    /// <summary>Speaks to the inner listener, with a key.</summary>
    public HttpClient Api { get; }

    public HttpClient Clients { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHost> StartAsync(
        Dictionary<string, string?>? settings = null,
        ApiLimits? limits = null,
        int? deadlineMs = null,
        bool isClustered = false,
        string environment = "Production",
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? configure = null)
    {
        var builder = CreateBuilder(settings, environment);
        var users = new FakeUsers();
        if (deadlineMs is { } deadline) builder.Services.AddSingleton(Options.Create(new DeliveryOptions { DeadlineMs = deadline }));
        if (limits is not null) builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton(new NodeLoad(() => 7));
        builder.Services.AddAkka("akkasockets", akka =>
        {
            if (isClustered) akka.WithRemoting("127.0.0.1", 0).WithClustering(new ClusterOptions { Roles = ["node"] });
            akka.WithActors((system, registry) =>
            {
                registry.Register<UserRegion>(system.ActorOf(users.Props));
                registry.Register<UserShards>(registry.Get<UserRegion>());
            });
        });
        builder.ConfigureListeners();
        builder.Services.AddBackendApi().AddGateway().AddNodeHealth();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseProblems();
        app.UseClientLimits();
        app.MapBackendApi().MapGateway().MapNodeHealth();
        map?.Invoke(app);
        await app.StartAsync();
        return new ApiHost(app, users);
    }

    /// <summary>A builder with settings that suffice in Production, and with <paramref name="settings"/> over them.</summary>
    public static WebApplicationBuilder CreateBuilder(Dictionary<string, string?>? settings = null, string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Listen:Clients"] = "http://127.0.0.1:0",
            ["Listen:Api"] = "http://127.0.0.1:0",
            ["Listen:Pbm"] = "127.0.0.1:0",
            ["Api:Keys"] = $"another-key,{Key}",
            ["Auth:SigningKey"] = SigningKey,
            ["Cluster:NodeName"] = "nodeA",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddNodeOptions(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(TimeProvider.System).AddAuth();
        return builder;
    }

    public Task<HttpResponseMessage> PublishAsync(string user, string body) => PostAsync($"/api/users/{user}/messages", body);

    public Task<HttpResponseMessage> PostAsync(string path, string body, string mediaType = "application/json") =>
        Api.PostAsync(path, new StringContent(body, Encoding.UTF8, mediaType));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Clients.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private HttpClient ClientOf(ListenerRole role) =>
        new() { BaseAddress = new Uri(Services.GetRequiredService<BoundListeners>()[role].ToString()) };
}
