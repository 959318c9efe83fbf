using System.Buffers.Binary;
using System.Net;
using System.Numerics;

namespace AkkaSockets.Node.Listeners.Proxies;

/// <summary>
/// Version 2 (§2.2): a signature of 12 bytes, version and command, family and protocol, the length of the rest; then addresses, then
/// TLVs. Of these only the checksum means something here; the others are passed over, but must be well-formed.
/// </summary>
internal static class ProxyHeaderV2
{
    public const int FixedBytes = 16;

    private const int TlvBytes = 3;
    private const byte ChecksumType = 0x03;

    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <param name="bytes">As far as they go, they start with the signature.</param>
    public static ProxyHeader Read(ReadOnlySpan<byte> bytes)
    {
        // What can be refused is not waited for.
        if (bytes.Length > 12 && bytes[12] is not (0x20 or 0x21)) return ProxyHeader.Invalid("its version or its command is none");
        if (bytes.Length > 13 && AddressBytes(bytes[13]) is null) return ProxyHeader.Invalid("its family or its protocol is none of a stream's");
        if (bytes.Length < FixedBytes) return ProxyHeader.Incomplete;

        var isLocal = bytes[12] == 0x20;
        var addresses = AddressBytes(bytes[13])!.Value;
        var length = FixedBytes + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        // §2.2: of a LOCAL connection all that follows is discarded, its family included.
        if (!isLocal && length < FixedBytes + addresses) return ProxyHeader.Invalid("it is too short for its addresses");
        if (bytes.Length < length) return ProxyHeader.Incomplete;
        if (isLocal) return ProxyHeader.Complete(length);

        var header = bytes[..length];
        if (FaultOfTlvs(header, FixedBytes + addresses) is { } fault) return ProxyHeader.Invalid(fault);
        return bytes[13] switch
        {
            0x11 => Of(header, 4),
            0x21 => Of(header, 16),
            _ => ProxyHeader.Complete(length),
        };
    }

    /// <summary>Bytes of both addresses with their ports; null for what no stream has.</summary>
    private static int? AddressBytes(byte familyAndProtocol) => familyAndProtocol switch
    {
        // UNSPEC: whatever there is of them is not understood, so nothing is known of TLVs either.
        0x00 => 0,
        0x11 => 12,
        0x21 => 36,
        // A Unix socket's two paths.
        0x31 => 216,
        _ => null,
    };

    private static ProxyHeader Of(ReadOnlySpan<byte> header, int size)
    {
        var addresses = header[FixedBytes..];
        var ports = addresses[(2 * size)..];
        return ProxyHeader.Complete(
            header.Length,
            new(new IPAddress(addresses[..size]), BinaryPrimitives.ReadUInt16BigEndian(ports)),
            new(new IPAddress(addresses[size..(2 * size)]), BinaryPrimitives.ReadUInt16BigEndian(ports[2..])));
    }

    private static string? FaultOfTlvs(ReadOnlySpan<byte> header, int at)
    {
        if (header[13] == 0x00) return null;
        while (at < header.Length)
        {
            if (at + TlvBytes > header.Length) return "its last TLV is cut off";
            var value = at + TlvBytes;
            var next = value + BinaryPrimitives.ReadUInt16BigEndian(header[(at + 1)..]);
            if (next > header.Length) return "a TLV is longer than what is left";
            if (header[at] == ChecksumType)
            {
                if (next - value != sizeof(uint)) return "its checksum is not of four bytes";
                if (BinaryPrimitives.ReadUInt32BigEndian(header[value..]) != Checksum(header, value)) return "its checksum is not that of its bytes";
            }
            at = next;
        }
        return null;
    }

    /// <summary>§2.2.4: CRC32c of the whole header, the checksum itself taken for zeros.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> header, int at)
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < header.Length; i++) crc = BitOperations.Crc32C(crc, i >= at && i < at + sizeof(uint) ? (byte)0 : header[i]);
        return ~crc;
    }
}
