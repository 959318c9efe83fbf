using System.Buffers.Binary;
using System.Net;
using AkkaSockets.Node.Listeners.Proxies;

namespace AkkaSockets.Node.Tests.Listeners.Proxies;

/// <summary>Makes headers of version 2, byte by byte.</summary>
internal static class Headers
{
    public const byte Local = 0x20;
    public const byte Proxy = 0x21;
    public const byte Unspecified = 0x00;
    public const byte Tcp4 = 0x11;
    public const byte Tcp6 = 0x21;
    public const byte UnixStream = 0x31;

    public static byte[] V2(byte command, byte family, byte[] rest, int? length = null)
    {
        byte[] header = [.. ProxyHeaderV2.Signature, command, family, 0, 0, .. rest];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(length ?? rest.Length));
        return header;
    }

    public static byte[] V2(IPEndPoint source, IPEndPoint destination, params byte[] tlvs) =>
        V2(Proxy, source.Address.GetAddressBytes().Length == 4 ? Tcp4 : Tcp6, [.. Addresses(source, destination), .. tlvs]);

    public static byte[] Addresses(IPEndPoint source, IPEndPoint destination)
    {
        byte[] bytes = [.. source.Address.GetAddressBytes(), .. destination.Address.GetAddressBytes(), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(bytes.Length - 4), (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(bytes.Length - 2), (ushort)destination.Port);
        return bytes;
    }

    public static byte[] Tlv(byte type, params byte[] value) => [type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    /// <summary>The same with a checksum at its end.</summary>
    public static byte[] WithChecksum(byte[] header)
    {
        byte[] longer = [.. header, .. Tlv(3, 0, 0, 0, 0)];
        BinaryPrimitives.WriteUInt16BigEndian(longer.AsSpan(14), (ushort)(longer.Length - 16));
        BinaryPrimitives.WriteUInt32BigEndian(longer.AsSpan(longer.Length - 4), ProxyHeaderV2.Checksum(longer, longer.Length - 4));
        return longer;
    }
}
