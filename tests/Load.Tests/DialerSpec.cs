using System.Net;
using System.Net.Sockets;

namespace AkkaSockets.Load.Tests;

public sealed class DialerSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Several_addresses_are_taken_in_turn_from_source_addresses_in_turn()
    {
        using var one = Listen();
        using var two = Listen();
        using var dialer = new Dialer(NewOptions([UrlOf(one), UrlOf(two)], [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")]));

        var (first, second) = (AskAsync(dialer, dialer.Url), AskAsync(dialer, dialer.Url));
        using var atOne = await one.AcceptTcpClientAsync().WaitAsync(Patience);
        using var atTwo = await two.AcceptTcpClientAsync().WaitAsync(Patience);

        Assert.Equal(["127.0.0.2", "127.0.0.3"], new[] { atOne, atTwo }.Select(client => ((IPEndPoint)client.Client.RemoteEndPoint!).Address.ToString()).Order());
        await Task.WhenAll(AnswerAsync(atOne), AnswerAsync(atTwo), first, second).WaitAsync(Patience);
    }

    [Fact]
    public async Task Where_nobody_listens_the_next_address_is_tried()
    {
        var gone = Listen();
        var nobody = UrlOf(gone);
        gone.Stop();
        using var one = Listen();
        using var dialer = new Dialer(NewOptions([nobody, UrlOf(one)], []));

        for (var i = 0; i < 2; i++)
        {
            var asked = AskAsync(dialer, dialer.Url);
            using var client = await one.AcceptTcpClientAsync().WaitAsync(Patience);
            await Task.WhenAll(AnswerAsync(client), asked).WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task An_address_that_a_server_names_is_gone_to()
    {
        using var one = Listen();
        using var two = Listen();
        using var named = Listen();
        using var dialer = new Dialer(NewOptions([UrlOf(one), UrlOf(two)], []));

        var asked = AskAsync(dialer, UrlOf(named));
        using var client = await named.AcceptTcpClientAsync().WaitAsync(Patience);
        await Task.WhenAll(AnswerAsync(client), asked).WaitAsync(Patience);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Uri UrlOf(TcpListener listener) => new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/ws");

    /// <summary>An upgrade begins as any request does.</summary>
    private static async Task AskAsync(Dialer dialer, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(url) { Scheme = "http" }.Uri);
        using var response = await dialer.Invoker.SendAsync(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static LoadOptions NewOptions(IReadOnlyList<Uri> urls, IReadOnlyList<IPAddress> sources) => new()
    {
        Urls = urls,
        SourceAddresses = sources,
        SigningKey = null,
        Apis = [],
        ApiKey = null,
        Users = 1,
        Rate = 0,
        ApiShare = 0,
        EphemeralRate = 0,
        Duration = TimeSpan.Zero,
        AckPatience = Patience,
        Patience = Patience,
        Bytes = 0,
        OpenPerSecond = 1,
        UserPrefix = "",
        Json = false,
    };
}
