using System.Net;

namespace AkkaSockets.Node.Listeners.Proxies;

/// <summary>How far the bytes at a connection's start are a PROXY header.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>They may become one; more are needed.</summary>
    Incomplete,

    /// <summary>They start with one.</summary>
    Complete,

    /// <summary>They can't become one, whatever follows.</summary>
    Invalid,
}

/// <summary>
/// What a PROXY header says (the PROXY protocol, versions 1 and 2, by HAProxy's proxy-protocol.txt). <paramref name="Length"/> is its
/// bytes, all of them before the first of the client's. Without a <paramref name="Source"/> the connection is what it looks like:
/// a health check of the proxy's own (LOCAL), or one of which it does not know more (UNKNOWN, UNSPEC, a Unix socket).
/// </summary>
/// <param name="Fault">Why it is none, where it is <see cref="ProxyHeaderStatus.Invalid"/>.</param>
internal readonly record struct ProxyHeader(ProxyHeaderStatus Status, int Length = 0, IPEndPoint? Source = null, IPEndPoint? Destination = null, string? Fault = null)
{
    /// <summary>No header is longer: 16 bytes and what 16 bits can count.</summary>
    public const int MostBytes = ProxyHeaderV2.FixedBytes + ushort.MaxValue;

    public static readonly ProxyHeader Incomplete = new(ProxyHeaderStatus.Incomplete);

    /// <summary>Reads the header that <paramref name="bytes"/>, all that came so far, start with.</summary>
    public static ProxyHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return Incomplete;
        if (IsStartOf(bytes, ProxyHeaderV1.Signature)) return ProxyHeaderV1.Read(bytes);
        if (IsStartOf(bytes, ProxyHeaderV2.Signature)) return ProxyHeaderV2.Read(bytes);
        return Invalid("it starts with neither version's signature");
    }

    internal static ProxyHeader Invalid(string fault) => new(ProxyHeaderStatus.Invalid, Fault: fault);

    internal static ProxyHeader Complete(int length, IPEndPoint? source = null, IPEndPoint? destination = null) =>
        new(ProxyHeaderStatus.Complete, length, source, destination);

    private static bool IsStartOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        var length = Math.Min(bytes.Length, signature.Length);
        return bytes[..length].SequenceEqual(signature[..length]);
    }
}
