using System.Net;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Listeners;

public sealed class HandshakesSpec : IAsyncLifetime
{
    private const string Get = "GET /gateway HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly IPAddress Crowded = IPAddress.Parse("127.0.0.9");
    private static readonly IPAddress Balancer = IPAddress.Parse("127.0.0.2");

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(new() { ["Limits:HandshakesPerAddress"] = "2", ["ProxyProtocol:Trusted"] = "127.0.0.2/32" });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task One_too_many_is_told_to_come_again_and_twice_too_many_is_told_nothing()
    {
        using var first = await SilentAsync(Crowded, 1);
        using var second = await SilentAsync(Crowded, 2);
        using var third = await SilentAsync(Crowded, 3);
        AssertRefused(await (await third.SendAsync(Get)).ReadToEndAsync());
        await Wait.UntilAsync(() => Count(Crowded) == 2);

        using var third2 = await SilentAsync(Crowded, 3);
        using var fourth = await SilentAsync(Crowded, 4);
        using var fifth = await RawClient.ConnectAsync(Port, Crowded);
        Assert.Empty(await fifth.ReadToEndAsync());

        // Others are not touched by it, and room that is left is given again.
        using var other = await RawClient.ConnectAsync(Port, IPAddress.Parse("127.0.0.10"));
        Assert.StartsWith("HTTP/1.1 200", await (await other.SendAsync(Get)).ReadUntilAsync("}"), StringComparison.Ordinal);
        foreach (var client in new[] { first, second, third2, fourth }) client.Dispose();
        await Wait.UntilAsync(() => Count(Crowded) == 0);
        using var again = await RawClient.ConnectAsync(Port, Crowded);
        Assert.StartsWith("HTTP/1.1 200", await (await again.SendAsync(Get)).ReadUntilAsync("}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_trusted_balancer_the_clients_own_addresses_count()
    {
        const string Here = "PROXY TCP4 192.0.2.1 198.51.100.2 1 80\r\n";
        using var first = await ProxiedAsync(Here, 1);
        using var second = await ProxiedAsync(Here, 2);
        using var third = await RawClient.ConnectAsync(Port, Balancer);
        AssertRefused(await (await third.SendAsync(Here + Get)).ReadToEndAsync());

        using var elsewhere = await RawClient.ConnectAsync(Port, Balancer);
        Assert.StartsWith("HTTP/1.1 200", await (await elsewhere.SendAsync("PROXY TCP4 192.0.2.7 198.51.100.2 1 80\r\n" + Get)).ReadUntilAsync("}"), StringComparison.Ordinal);
        Assert.Equal(0, Count(Balancer));
    }

    [Fact]
    public async Task A_connection_that_stays_silent_is_ended_and_one_that_has_asked_is_not()
    {
        var time = new FakeTimeProvider();
        var handshakes = new Handshakes(Options.Create(new LimitsOptions()), time);
        foreach (var hasAsked in new[] { false, true })
        {
            var (connection, over) = (new FakeConnection(), new TaskCompletionSource());
            var running = handshakes.Before(_ => over.Task)(connection);
            if (hasAsked) connection.Features.Get<Handshake>()!.RequestCame();
            time.Advance(ConnectionDeadlines.FirstRequestWithin - TimeSpan.FromMilliseconds(1));
            Assert.False(connection.IsAborted);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(!hasAsked, connection.IsAborted);
            over.SetResult();
            await running;
        }
        Assert.Equal(0, handshakes.CountOf(IPAddress.Parse("10.1.2.3")));
    }

    [Fact]
    public async Task A_socket_no_longer_counts_and_is_not_counted_off_twice()
    {
        var handshakes = new Handshakes(Options.Create(new LimitsOptions()), TimeProvider.System);
        var (socket, over) = (new FakeConnection("10.1.2.3"), new TaskCompletionSource());
        var running = handshakes.Before(_ => over.Task)(socket);
        var other = handshakes.Before(_ => over.Task)(new FakeConnection("10.1.2.3"));
        Assert.Equal(2, handshakes.CountOf(IPAddress.Parse("10.1.2.3")));

        socket.Features.Get<Handshake>()!.Dispose();
        Assert.Equal(1, handshakes.CountOf(IPAddress.Parse("10.1.2.3")));
        over.SetResult();
        await Task.WhenAll(running, other);
        Assert.Equal(0, handshakes.CountOf(IPAddress.Parse("10.1.2.3")));
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:aaaa::1", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void An_IPv6_network_is_one_subscriber(string address, string subscriber) => Assert.Equal(subscriber, $"{Handshakes.SubscriberOf(IPAddress.Parse(address))}");

    private int Port => _host.Clients.BaseAddress!.Port;

    private int Count(IPAddress address) => _host.Services.GetRequiredService<Handshakes>().CountOf(address);

    private async Task<RawClient> SilentAsync(IPAddress from, int count)
    {
        var client = await RawClient.ConnectAsync(Port, from);
        await Wait.UntilAsync(() => Count(from) == count);
        return client;
    }

    private async Task<RawClient> ProxiedAsync(string header, int count)
    {
        var client = await (await RawClient.ConnectAsync(Port, Balancer)).SendAsync(header);
        await Wait.UntilAsync(() => Count(IPAddress.Parse("192.0.2.1")) == count);
        return client;
    }

    private static void AssertRefused(string answer)
    {
        Assert.StartsWith("HTTP/1.1 429", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"too-many\"", answer, StringComparison.Ordinal);
    }
}
