using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Client.Tests.Fakes;

/// <summary>A server that does what the test says, one upgrade request after the other.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Channel<Visit> visits = Channel.CreateUnbounded<Visit>();
    private readonly WebApplication app;

    private FakeServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            var visit = new Visit(context);
            using var gone = context.RequestAborted.Register(visit.Leave);
            visits.Writer.TryWrite(visit);
            await visit.Over;
        });
    }

    public Uri Url { get; private set; } = null!;

    public static async Task<FakeServer> StartAsync()
    {
        var server = new FakeServer();
        await server.app.StartAsync();
        var features = server.app.Services.GetRequiredService<IServer>().Features;
        var address = features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Url = new Uri(address.Replace("http://", "ws://", StringComparison.Ordinal) + "/ws");
        return server;
    }

    /// <summary>The next upgrade request.</summary>
    public Task<Visit> VisitAsync() => visits.Reader.ReadAsync().AsTask().Within();

    /// <summary>The next upgrade request, accepted and told that it is ready.</summary>
    public async Task<ServerSocket> ReadyAsync(
        long seq = 0, string epoch = "e1", bool resumed = true, bool gap = false, long first = 1, string device = "phone")
    {
        var socket = await (await VisitAsync()).AcceptAsync();
        await socket.ReadyAsync(seq, epoch, resumed, gap, first, device);
        return socket;
    }

    public bool HasVisit => visits.Reader.Count > 0;

    public async ValueTask DisposeAsync()
    {
        // Requests that no test answered must not hold the stop.
        while (visits.Reader.TryRead(out var visit)) visit.Leave();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

/// <summary>One upgrade request, to be accepted or refused.</summary>
internal sealed class Visit(HttpContext context)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Over => over.Task;

    public IQueryCollection Query { get; } = context.Request.Query;

    /// <summary>The position that it resumes from, as epoch/seq.</summary>
    public string Asked => $"{Query["epoch"]}/{Query["seq"]}";

    public string? Authorization { get; } = context.Request.Headers.Authorization;

    public IPAddress? From { get; } = context.Connection.RemoteIpAddress;

    public async Task<ServerSocket> AcceptAsync() =>
        new(await context.WebSockets.AcceptWebSocketAsync("akkasockets.v1.json").Within(), over, context.Abort);

    public async Task RefuseAsync(int status, string? retryAfter = null, string? title = null, string? detail = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        if (title is not null)
            await context.Response.WriteAsJsonAsync(new { title, detail }, options: null, "application/problem+json");
        over.TrySetResult();
    }

    /// <summary>Nobody waits for an answer any more.</summary>
    public void Leave() => over.TrySetResult();
}
