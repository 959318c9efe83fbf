using System.Net;

namespace AkkaSockets.Node.Listeners;

/// <summary>A listener as its key asks for it: <c>http</c> or <c>https</c>, then an IP address or <c>localhost</c>, then a port.</summary>
internal sealed record ConfiguredListener(string Key, Uri Url)
{
    /// <summary>As configured, where that is not the URL.</summary>
    private string? Text { get; init; }

    /// <exception cref="ListenerException">The host is neither an IP address nor <c>localhost</c>.</exception>
    public static ConfiguredListener Parse(string key, string text) => Parse(key, text, text);

    /// <summary>One that is configured without a scheme, as <c>host:port</c>.</summary>
    /// <exception cref="ListenerException">The host is neither an IP address nor <c>localhost</c>.</exception>
    public static ConfiguredListener ParseHostPort(string key, string text) => Parse(key, text, $"http://{text}") with { Text = text };

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    public bool IsLocalhost => Url.Host == "localhost";

    /// <summary>Null for a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Url.Host, out var address) ? address : null;

    /// <summary>As configured.</summary>
    public override string ToString() => Text ?? Url.OriginalString;

    private static ConfiguredListener Parse(string key, string text, string address)
    {
        var listener = Uri.TryCreate(address, UriKind.Absolute, out var url) ? new ConfiguredListener(key, url) : null;
        if (listener is { IsLocalhost: true } or { Address: not null }) return listener;
        throw new ListenerException($"{key} is '{text}': its host must be an IP address or localhost (0.0.0.0 or [::] for all of the machine's addresses).");
    }
}

/// <summary>A listener that can't be. The message is one line that names the key.</summary>
public sealed class ListenerException(string message, Exception? inner = null) : Exception(message, inner);
