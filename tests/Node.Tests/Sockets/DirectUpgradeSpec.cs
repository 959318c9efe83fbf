using System.Text;
using AkkaSockets.Node.Sockets.Direct;
using AkkaSockets.Node.Tests.Listeners;
using Microsoft.AspNetCore.Connections.Features;

namespace AkkaSockets.Node.Tests.Sockets;

/// <summary>What is left to the HTTP server; what is taken is tried end to end.</summary>
public sealed class DirectUpgradeSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeConnection _connection = new();
    private readonly TaskCompletionSource<string> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The checks are not asked about anything here.</summary>
    private Task RunAsync() => new DirectUpgrade(null!, null!).RunAsync(_connection, async connection =>
    {
        var read = await connection.Transport.Input.ReadAsync();
        _left.SetResult(Encoding.ASCII.GetString(read.Buffer));
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
    });

    [Theory]
    [InlineData("GET /gateway HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /ws HT")]
    [InlineData("nonsense")]
    public async Task The_server_finds_all_that_was_sent(string sent)
    {
        var running = RunAsync();
        await _connection.Client.Output.WriteAsync(Encoding.ASCII.GetBytes(sent));
        await running.WaitAsync(Patience);
        Assert.Equal(sent, await _left.Task);
    }

    [Fact]
    public async Task The_server_finds_that_nothing_was_sent()
    {
        var running = RunAsync();
        await _connection.Client.Output.CompleteAsync();
        await running.WaitAsync(Patience);
        Assert.Equal("", await _left.Task);
    }

    [Fact]
    public async Task A_silent_connection_is_the_servers_to_end_when_it_stops()
    {
        using var stopping = new CancellationTokenSource();
        _connection.Features.Set<IConnectionLifetimeNotificationFeature>(new Notification { ConnectionClosedRequested = stopping.Token });
        var isLeft = false;
        var running = new DirectUpgrade(null!, null!).RunAsync(_connection, _ =>
        {
            isLeft = true;
            return Task.CompletedTask;
        });
        Assert.False(running.IsCompleted);
        await stopping.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.True(isLeft);
    }

    private sealed class Notification : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose()
        {
        }
    }
}
