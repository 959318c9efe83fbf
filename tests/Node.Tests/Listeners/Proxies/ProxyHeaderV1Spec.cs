using System.Text;
using AkkaSockets.Node.Listeners.Proxies;

namespace AkkaSockets.Node.Tests.Listeners.Proxies;

public sealed class ProxyHeaderV1Spec
{
    private const string Longest = "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n";

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n", "192.0.2.1:56324", "198.51.100.2:443")]
    [InlineData("PROXY TCP4 255.255.255.255 0.0.0.0 65535 0\r\n", "255.255.255.255:65535", "0.0.0.0:0")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 1 8080\r\n", "[2001:db8::1]:1", "[2001:db8::2]:8080")]
    [InlineData("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "[::ffff:192.0.2.1]:1", "[::1]:2")]
    [InlineData("PROXY TCP6 FFFF:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n",
        "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535")]
    public void A_line_names_both_ends(string line, string source, string destination)
    {
        var header = Read(line + "GET / HTTP/1.1\r\n");
        Assert.Equal((ProxyHeaderStatus.Complete, line.Length), (header.Status, header.Length));
        Assert.Equal((source, destination), ($"{header.Source}", $"{header.Destination}"));
    }

    [Theory]
    [InlineData("PROXY UNKNOWN\r\n")]
    [InlineData("PROXY UNKNOWN what ever \0\r\n")]
    [InlineData(Longest)]
    public void Of_an_unknown_connection_the_rest_of_the_line_is_passed_over(string line)
    {
        var header = Read(line + "GET");
        Assert.Equal((ProxyHeaderStatus.Complete, line.Length), (header.Status, header.Length));
        Assert.Null(header.Source);
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 \r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 x\r\n")]
    [InlineData("PROXY TCP4  192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY  TCP4 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP4\t192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY tcp4 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY UDP4 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY unknown\r\n")]
    [InlineData("PROXY UNKNOWNS\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY TCP4 192.0.2.01 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.256 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP4 0x7f.0.0.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP4 2001:db8::1 2001:db8::2 1 8080\r\n")]
    [InlineData("PROXY TCP6 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP6 [2001:db8::1] 2001:db8::2 1 8080\r\n")]
    [InlineData("PROXY TCP6 fe80::1%eth0 2001:db8::2 1 8080\r\n")]
    [InlineData("PROXY TCP6 2001:db8:::1 2001:db8::2 1 8080\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 +1 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 01 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1 443\n\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1 ٤٤٣\r\n")]
    public void A_line_of_another_form_is_refused(string line) => Assert.Equal(ProxyHeaderStatus.Invalid, Read(line).Status);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("PROXX")]
    [InlineData("proxy TCP4 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData(" PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("\r\nPROXY UNKNOWN\r\n")]
    [InlineData("X")]
    public void What_starts_otherwise_is_refused_at_once(string text) => Assert.Equal(ProxyHeaderStatus.Invalid, Read(text).Status);

    [Fact]
    public void A_line_that_has_not_ended_is_waited_for_up_to_107_bytes()
    {
        for (var length = 0; length < Longest.Length; length++) Assert.Equal(ProxyHeaderStatus.Incomplete, Read(Longest[..length]).Status);
        Assert.Equal(107, Longest.Length);
        Assert.Equal(ProxyHeaderStatus.Incomplete, Read("PROXY " + new string('x', 100)).Status);
        Assert.Equal(ProxyHeaderStatus.Invalid, Read("PROXY " + new string('x', 101)).Status);
        Assert.Equal(ProxyHeaderStatus.Invalid, Read(Longest.Replace("UNKNOWN", "UNKNOWN ", StringComparison.Ordinal)).Status);
    }

    private static ProxyHeader Read(string text) => ProxyHeader.Read(Encoding.UTF8.GetBytes(text));
}
