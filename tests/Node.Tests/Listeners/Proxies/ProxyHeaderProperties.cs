using System.Net;
using System.Text;
using AkkaSockets.Node.Listeners.Proxies;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Listeners.Proxies;

public sealed class ProxyHeaderProperties
{
    [Property(MaxTest = 500)]
    public void Version_1_says_what_was_written_however_it_is_cut(uint from, uint to, ushort fromPort, ushort toPort, byte[] after)
    {
        var (source, destination) = (new IPEndPoint(new IPAddress(from), fromPort), new IPEndPoint(new IPAddress(to), toPort));
        var line = Encoding.ASCII.GetBytes($"PROXY TCP4 {source.Address} {destination.Address} {fromPort} {toPort}\r\n");
        CheckCuts(line, after, new(ProxyHeaderStatus.Complete, line.Length, source, destination));
    }

    [Property(MaxTest = 500)]
    public void Version_2_says_what_was_written_however_it_is_cut(Guid from, Guid to, ushort fromPort, ushort toPort, (byte Type, byte[] Value)[] tlvs, byte[] after)
    {
        var (source, destination) = (new IPEndPoint(new IPAddress(from.ToByteArray()), fromPort), new IPEndPoint(new IPAddress(to.ToByteArray()), toPort));
        // A checksum is no TLV like any other.
        byte[] rest = [.. tlvs.SelectMany(tlv => Headers.Tlv(tlv.Type == 3 ? (byte)4 : tlv.Type, tlv.Value ?? []))];
        var header = Headers.V2(source, destination, rest);
        CheckCuts(header, after, new(ProxyHeaderStatus.Complete, header.Length, source, destination));
        var summed = Headers.WithChecksum(header);
        CheckCuts(summed, after, new(ProxyHeaderStatus.Complete, summed.Length, source, destination));
    }

    [Property(MaxTest = 2_000)]
    public void Bytes_of_any_kind_are_read_without_a_fault_and_never_past_their_end(byte[] bytes, bool isSecond)
    {
        byte[] all = isSecond ? [.. ProxyHeaderV2.Signature, .. bytes] : [.. ProxyHeaderV1.Signature, .. bytes];
        CheckMonotonic(all);
        CheckMonotonic(bytes);
        // The likeliest bytes to matter: right as far as the length.
        CheckMonotonic([.. ProxyHeaderV2.Signature, Headers.Proxy, Headers.Tcp4, 0, (byte)bytes.Length, .. bytes]);
    }

    /// <summary>Cut anywhere it is waited for; whole, it is read, and what follows changes nothing.</summary>
    private static void CheckCuts(byte[] header, byte[] after, ProxyHeader expected)
    {
        for (var length = 0; length < header.Length; length++) Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeader.Read(header.AsSpan(0, length)).Status);
        Assert.Equal(expected, ProxyHeader.Read(header));
        Assert.Equal(expected, ProxyHeader.Read([.. header, .. after ?? []]));
    }

    /// <summary>Once decided, more bytes decide nothing else: so it is the same however the network cuts the stream.</summary>
    private static void CheckMonotonic(byte[] bytes)
    {
        var decided = ProxyHeader.Incomplete;
        for (var length = 0; length <= bytes.Length; length++)
        {
            var header = ProxyHeader.Read(bytes.AsSpan(0, length));
            if (decided.Status != ProxyHeaderStatus.Incomplete) Assert.Equal(decided, header);
            decided = header;
            if (header.Status == ProxyHeaderStatus.Complete) Assert.InRange(header.Length, 1, length);
        }
    }
}
