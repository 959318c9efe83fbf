using System.Net;
using AkkaSockets.Node.Listeners.Proxies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Listeners.Proxies;

public sealed class ProxyHeaderInTimeSpec
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeConnection _connection = new();
    private bool _wentOn;

    [Theory]
    [InlineData("")]
    [InlineData("PROXY TCP4 192.0.2.1")]
    public async Task A_connection_whose_header_is_not_whole_in_time_is_ended(string begun)
    {
        var running = Run();
        await _connection.Client.Output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(begun));
        _time.Advance(ProxyProtocol.HeaderTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(_connection.IsAborted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await running.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(_connection.IsAborted);
        Assert.False(_wentOn);
    }

    [Fact]
    public async Task After_the_header_the_client_has_all_the_time_it_wants()
    {
        var running = Run();
        await _connection.Client.Output.WriteAsync("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET"u8.ToArray());
        await running.WaitAsync(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_wentOn);
        Assert.False(_connection.IsAborted);
        // What is the client's is left for who comes after.
        var rest = await _connection.Transport.Input.ReadAsync();
        Assert.Equal("GET"u8.ToArray(), rest.Buffer.FirstSpan.ToArray());
        Assert.Equal("192.0.2.1:1", $"{_connection.RemoteEndPoint}");
    }

    private Task Run() => new ProxyProtocol([IPNetwork.Parse("10.0.0.0/8")], _time, NullLogger<ProxyProtocol>.Instance)
        .Before(_ =>
        {
            _wentOn = true;
            return Task.CompletedTask;
        })(_connection);
}
