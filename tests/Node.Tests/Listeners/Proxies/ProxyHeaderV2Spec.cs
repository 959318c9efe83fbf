using System.Net;
using System.Text;
using AkkaSockets.Node.Listeners.Proxies;

namespace AkkaSockets.Node.Tests.Listeners.Proxies;

public sealed class ProxyHeaderV2Spec
{
    private static readonly IPEndPoint Client = IPEndPoint.Parse("192.0.2.1:56324");
    private static readonly IPEndPoint Server = IPEndPoint.Parse("198.51.100.2:443");
    private static readonly byte[] Plain = Headers.V2(Client, Server);

    [Fact]
    public void The_bytes_of_the_specification_are_read()
    {
        byte[] bytes =
        [
            0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0x00, 0x0c,
            192, 0, 2, 1, 198, 51, 100, 2, 0xdc, 0x04, 0x01, 0xbb,
        ];
        Assert.Equal(new ProxyHeader(ProxyHeaderStatus.Complete, 28, Client, Server), ProxyHeader.Read([.. bytes, .. "GET / HTTP/1.1"u8]));
        Assert.Equal(bytes, Plain);
    }

    [Fact]
    public void IPv6_is_read()
    {
        var (client, server) = (IPEndPoint.Parse("[2001:db8::1]:65535"), IPEndPoint.Parse("[2001:db8::2]:1"));
        Assert.Equal(new ProxyHeader(ProxyHeaderStatus.Complete, 52, client, server), ProxyHeader.Read(Headers.V2(client, server)));
    }

    [Theory]
    [InlineData(Headers.Local, Headers.Unspecified, 0)]
    [InlineData(Headers.Local, Headers.Tcp4, 0)]
    [InlineData(Headers.Local, Headers.Tcp4, 12)]
    [InlineData(Headers.Local, Headers.Tcp6, 500)]
    [InlineData(Headers.Proxy, Headers.Unspecified, 0)]
    [InlineData(Headers.Proxy, Headers.Unspecified, 13)]
    [InlineData(Headers.Proxy, Headers.UnixStream, 216)]
    public void A_health_check_and_what_the_proxy_does_not_know_stay_what_they_are(byte command, byte family, int rest) =>
        Assert.Equal(new ProxyHeader(ProxyHeaderStatus.Complete, 16 + rest), ProxyHeader.Read([.. Headers.V2(command, family, new byte[rest]), 1, 2, 3]));

    [Fact]
    public void TLVs_are_passed_over()
    {
        var header = Headers.V2(Client, Server, [.. Headers.Tlv(0x01, [.. "h2"u8]), .. Headers.Tlv(0x04), .. Headers.Tlv(0xea, new byte[3000])]);
        Assert.Equal(new ProxyHeader(ProxyHeaderStatus.Complete, header.Length, Client, Server), ProxyHeader.Read([.. header, .. "GET"u8]));
    }

    [Fact]
    public void A_checksum_is_checked()
    {
        var header = Headers.WithChecksum(Plain);
        Assert.Equal(new ProxyHeader(ProxyHeaderStatus.Complete, header.Length, Client, Server), ProxyHeader.Read(header));
        for (var i = 16; i < header.Length; i++)
        {
            var changed = header.ToArray();
            changed[i] ^= 0x10;
            // The TLV's own type: then it is another, and there is no checksum.
            if (i != 28) Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(changed).Status);
        }
    }

    /// <summary>RFC 3720 §B.4 has this value for CRC32c of 32 zeros.</summary>
    [Fact]
    public void The_checksum_is_CRC32c() => Assert.Equal(0x8a9136aau, ProxyHeaderV2.Checksum(new byte[32], 28));

    public static TheoryData<string> Broken => [.. BrokenByName.Keys];

    private static Dictionary<string, byte[]> BrokenByName { get; } = new()
    {
        ["version 1 in binary"] = Headers.V2(0x11, Headers.Tcp4, Headers.Addresses(Client, Server)),
        ["version 3"] = Headers.V2(0x31, Headers.Tcp4, Headers.Addresses(Client, Server)),
        ["an unknown command"] = Headers.V2(0x22, Headers.Tcp4, Headers.Addresses(Client, Server)),
        ["a datagram"] = Headers.V2(Headers.Proxy, 0x12, Headers.Addresses(Client, Server)),
        ["an unknown family"] = Headers.V2(Headers.Proxy, 0x41, new byte[216]),
        ["an unknown protocol"] = Headers.V2(Headers.Proxy, 0x13, new byte[216]),
        ["a health check of an unknown family"] = Headers.V2(Headers.Local, 0x51, []),
        ["IPv4 too short"] = Headers.V2(Headers.Proxy, Headers.Tcp4, new byte[11]),
        ["IPv6 with IPv4's length"] = Headers.V2(Headers.Proxy, Headers.Tcp6, new byte[12]),
        ["a Unix socket too short"] = Headers.V2(Headers.Proxy, Headers.UnixStream, new byte[215]),
        ["a TLV cut off"] = Headers.V2(Client, Server, 1, 0),
        ["a TLV that is too long"] = Headers.V2(Client, Server, 1, 0, 3, 7, 7),
        ["a checksum of two bytes"] = Headers.V2(Client, Server, Headers.Tlv(3, 0, 0)),
        ["another signature"] = [.. Plain[..11], 0x0b, .. Plain[12..]],
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_header_of_another_form_is_refused(string which)
    {
        var header = ProxyHeader.Read(BrokenByName[which]);
        Assert.Equal(ProxyHeaderStatus.Invalid, header.Status);
        Assert.NotEmpty(header.Fault!);
    }

    [Fact]
    public void What_can_be_refused_is_not_waited_for()
    {
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(BrokenByName["version 3"].AsSpan(0, 13)).Status);
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(BrokenByName["a datagram"].AsSpan(0, 14)).Status);
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(BrokenByName["IPv4 too short"].AsSpan(0, 16)).Status);
    }

    [Fact]
    public void A_text_that_only_begins_alike_is_refused() =>
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeader.Read(Encoding.ASCII.GetBytes("\r\n\r\nGET / HTTP/1.1\r\n")).Status);
}
