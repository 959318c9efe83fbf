using System.Net;

namespace AkkaSockets.Node.Listeners;

/// <summary>A listener as its key asks for it: <c>http</c> or <c>https</c>, then an IP address or <c>localhost</c>, then a port.</summary>
internal sealed record ConfiguredListener(string Key, Uri Url)
{
    /// <exception cref="ListenerException">The host is neither.</exception>
    public static ConfiguredListener Parse(string key, string text)
    {
        var listener = Uri.TryCreate(text, UriKind.Absolute, out var url) ? new ConfiguredListener(key, url) : null;
        if (listener is { IsLocalhost: true } or { Address: not null }) return listener;
        throw new ListenerException($"{key} is '{text}': its host must be an IP address or localhost (0.0.0.0 or [::] for all of the machine's addresses).");
    }

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    public bool IsLocalhost => Url.Host == "localhost";

    /// <summary>Null for a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Url.Host, out var address) ? address : null;

    /// <summary>As configured.</summary>
    public override string ToString() => Url.OriginalString;
}

/// <summary>A listener that can't be. The message is one line that names the key.</summary>
public sealed class ListenerException(string message, Exception? inner = null) : Exception(message, inner);
