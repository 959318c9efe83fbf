using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Hosting;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaSockets.Node.Tests.Admin;

/// <summary>A node's listeners on real ports, with one palette on that of commands.</summary>
internal sealed class AdminHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private AdminHost(WebApplication app)
    {
        _app = app;
        var listeners = app.Services.GetRequiredService<BoundListeners>();
        (Pbm, Api) = (new Uri(listeners[ListenerRole.Pbm].ToString()), new Uri(listeners[ListenerRole.Api].ToString()));
        _channel = GrpcChannel.ForAddress(Pbm);
        Client = new AkkaSockets.Admin.Protocol.Admin.AdminClient(_channel);
    }

    public Uri Pbm { get; }

    public Uri Api { get; }

    public AkkaSockets.Admin.Protocol.Admin.AdminClient Client { get; }

    public static async Task<AdminHost> StartAsync(IPalette palette, string token = "")
    {
        var builder = ApiHost.CreateBuilder();
        builder.ConfigureListeners();
        builder.Services.AddAdmin(_ => token).AddSingleton<IMemberFacts, Facts>().AddSingleton(palette);
        builder.Services.AddSingleton(new NodeHealth(() => "Up", () => true));
        var app = builder.Build();
        app.UseProblems();
        app.MapNodeHealth();
        app.MapAdmin().OnListener(ListenerRole.Pbm);
        await app.StartAsync();
        return new AdminHost(app);
    }

    /// <summary>A command's whole answer.</summary>
    public async Task<List<Reply>> RunAsync(RunRequest request, Metadata? metadata = null)
    {
        using var call = Client.Run(request, metadata);
        var replies = new List<Reply>();
        await foreach (var reply in call.ResponseStream.ReadAllAsync()) replies.Add(reply);
        return replies;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Facts : IMemberFacts
    {
        public string Name => "node-1";

        public IEnumerable<(string Key, string Value)> Settings => [];

        public IEnumerable<MemberCheck> Checks => [];

        public Task<MemberStatus> ReadAsync(CancellationToken stop) => throw new NotSupportedException();
    }
}

/// <summary>A palette of one test.</summary>
internal sealed class OnePalette(params Command[] commands) : IPalette
{
    public string Name => "test";

    public string Help => "Commands of a test.";

    public IReadOnlyList<Command> Commands => commands;
}
