using System.Net;
using System.Text.Json;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Nodes that keep their logs in a Redis.</summary>
internal static class RedisNode
{
    // The journal is asked now and then; an answer takes its time on a busy machine.
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(60);

    public static NodeProcess Create(ITestOutputHelper? log, RedisProcess redis, params (string Key, object? Value)[] settings) =>
        Create(log, redis.ConnectionString, settings);

    public static NodeProcess Create(ITestOutputHelper? log, string connectionString, params (string Key, object? Value)[] settings) =>
        new(log, [("Persistence:Provider", "redis"), ("Persistence:Redis", connectionString), .. settings]);

    /// <summary>A node that is ready.</summary>
    public static Task<NodeProcess> StartAsync(ITestOutputHelper? log, RedisProcess redis, params (string Key, object? Value)[] settings) =>
        NodeProcess.StartAsync(log, [("Persistence:Provider", "redis"), ("Persistence:Redis", redis.ConnectionString), .. settings]);

    /// <summary>
    /// Opens a socket and reads its <c>ready</c>, as often as it takes: with a short Delivery:DeadlineMs a node on a busy machine may close the first
    /// ones with 1013.
    /// </summary>
    public static async Task<(RawSocket Socket, JsonElement Ready)> AttachAsync(NodeProcess node, string query)
    {
        for (var patience = new Patience(SeenWithin); ;)
        {
            var socket = await RawSocket.OpenAsync(node, query);
            var frame = await socket.ReadFrameAsync(patience.Left);
            if (frame.Opcode == Opcode.Text) return (socket, JsonDocument.Parse(frame.Payload).RootElement);
            Assert.Equal(1013, frame.CloseCode);
            await socket.DisposeAsync();
        }
    }

    /// <summary>Waits until readiness says that the store does not answer, with 200 all the time.</summary>
    public static Task DegradedAsync(NodeProcess node) => StatusAsync(node, "degraded");

    /// <summary>Waits until readiness says that all is well, with 200 all the time.</summary>
    public static Task HealthyAsync(NodeProcess node) => StatusAsync(node, "ready");

    private static Task StatusAsync(NodeProcess node, string status) => Eventually.TrueAsync(async () =>
    {
        var answer = await node.Backend.AskAsync(HttpMethod.Get, "/healthz/ready", null);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json.Text("status") == status;
    }, $"readiness says {status}", SeenWithin);
}
