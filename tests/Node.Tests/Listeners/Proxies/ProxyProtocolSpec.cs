using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AkkaSockets.Node.Tests.Listeners.Proxies;

/// <summary>On a listener that trusts 127.0.0.0/30 and nobody else.</summary>
public sealed class ProxyProtocolSpec : IAsyncLifetime
{
    private const string Get = "GET /whoami HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private const string V1 = "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly IPAddress Trusted = IPAddress.Loopback;
    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.9");

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(new() { ["ProxyProtocol:Trusted"] = "10.0.0.0/8, 127.0.0.0/30" }, map: app =>
    {
        var whoAmI = (HttpContext http) => $"{http.Connection.RemoteIpAddress}|{http.Connection.RemotePort}|{http.Connection.LocalIpAddress}|{http.Connection.LocalPort}";
        app.MapGet("/whoami", whoAmI).OnListener(ListenerRole.Clients);
        app.MapGet("/api-whoami", whoAmI).OnListener(ListenerRole.Api);
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<string, byte[], string> Headers => new()
    {
        { "version 1", Encoding.ASCII.GetBytes(V1), "192.0.2.1|56324|198.51.100.2|443" },
        { "version 1, IPv6", "PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n"u8.ToArray(), "2001:db8::1|1|2001:db8::2|2" },
        { "version 2", Proxies.Headers.V2(IPEndPoint.Parse("192.0.2.1:56324"), IPEndPoint.Parse("198.51.100.2:443")), "192.0.2.1|56324|198.51.100.2|443" },
        { "an IPv4 address told as an IPv6 one", Proxies.Headers.V2(IPEndPoint.Parse("[::ffff:192.0.2.1]:1"), IPEndPoint.Parse("[::ffff:192.0.2.2]:2")), "192.0.2.1|1|192.0.2.2|2" },
        { "version 2, the longest there is", Proxies.Headers.V2(IPEndPoint.Parse("192.0.2.1:1"), IPEndPoint.Parse("192.0.2.2:2"), Proxies.Headers.Tlv(0x04, new byte[65_520])), "192.0.2.1|1|192.0.2.2|2" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task A_trusted_proxy_says_where_the_client_is(string which, byte[] header, string told)
    {
        Assert.True((await AskAsync(Trusted, [.. header, .. Encoding.ASCII.GetBytes(Get)])).Contains($"\n{told}\r", StringComparison.Ordinal), which);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task The_header_may_come_in_pieces_and_the_request_later(string which, byte[] header, string told)
    {
        using var client = await ConnectAsync(Trusted);
        var half = header.Length / 2;
        await client.SendAsync(header.AsMemory(0, half));
        await client.SendAsync(header.AsMemory(half));
        await client.SendAsync(Encoding.ASCII.GetBytes(Get));
        Assert.True((await ReadAsync(client)).Contains($"\n{told}\r", StringComparison.Ordinal), which);
    }

    [Theory]
    [InlineData("PROXY UNKNOWN 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0020\u0011\0\u000c\u0001\u0002\u0003\u0004\u0001\u0002\u0003\u0004\u0001\u0002\u0003\u0004")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\0\0\0")]
    public async Task A_proxys_own_connection_is_its_own(string header) =>
        Assert.Contains($"127.0.0.1|", await AskAsync(Trusted, [.. Encoding.Latin1.GetBytes(header), .. Encoding.ASCII.GetBytes(Get)]), StringComparison.Ordinal);

    [Theory]
    [InlineData(Get)]
    [InlineData("PROXY TCP4 192.0.2.1\r\n" + Get)]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1 2\r\n" + V1 + Get)]
    [InlineData("\r\n" + V1 + Get)]
    [InlineData("\u0016\u0003\u0001")]
    public async Task A_trusted_one_that_sends_no_whole_header_first_gets_no_answer(string text)
    {
        var answer = await AskAsync(Trusted, Encoding.Latin1.GetBytes(text));
        // After one header a second one is the client's, who is told that it is no HTTP.
        Assert.DoesNotContain("200 OK", answer, StringComparison.Ordinal);
        if (!text.StartsWith("PROXY TCP4 192.0.2.1 198", StringComparison.Ordinal)) Assert.Empty(answer);
    }

    [Fact]
    public async Task A_trusted_one_that_goes_without_a_word_harms_nobody()
    {
        using (var client = await ConnectAsync(Trusted)) client.Shutdown(SocketShutdown.Send);
        Assert.Contains("192.0.2.1", await AskAsync(Trusted, Encoding.ASCII.GetBytes(V1 + Get)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_who_it_is_and_its_header_is_not_read()
    {
        Assert.Contains($"{Stranger}|", await AskAsync(Stranger, Encoding.ASCII.GetBytes(Get)), StringComparison.Ordinal);
        Assert.Contains("400 Bad Request", await AskAsync(Stranger, Encoding.ASCII.GetBytes(V1 + Get)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inner_listener_takes_no_header_from_anybody()
    {
        Assert.Contains("127.0.0.1", await _host.Api.GetStringAsync("/api-whoami"), StringComparison.Ordinal);
        using var client = await ConnectAsync(Trusted, _host.Api.BaseAddress!.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes(V1 + Get));
        Assert.Contains("400 Bad Request", await ReadAsync(client), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(IPAddress from, byte[] bytes)
    {
        using var client = await ConnectAsync(from);
        await client.SendAsync(bytes);
        return await ReadAsync(client);
    }

    private async Task<Socket> ConnectAsync(IPAddress from, int? port = null)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Bind(new IPEndPoint(from, 0));
        await client.ConnectAsync(IPAddress.Loopback, port ?? _host.Clients.BaseAddress!.Port);
        return client;
    }

    /// <summary>All that is answered; what came before a reset.</summary>
    private static async Task<string> ReadAsync(Socket client)
    {
        using var patience = new CancellationTokenSource(Patience);
        var answer = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer, patience.Token) is > 0 and var count) answer.Write(buffer, 0, count);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // That is the end, too.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
