namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Gateway</c>: what <c>GET /gateway</c> names.</summary>
[Section("Gateway")]
public sealed class GatewayOptions
{
    /// <summary>What clients connect to, a ws:// or wss:// URL: the load balancer. Empty: the clients' listener.</summary>
    public string Url { get; set; } = "";

    /// <summary>This node's own ws:// or wss:// URL for clients, where they can reach it directly; empty: they can't.</summary>
    public string AdvertiseUrl { get; set; } = "";
}

internal sealed class GatewayOptionsValidator : OptionsValidator<GatewayOptions>
{
    protected override IEnumerable<string> Check(GatewayOptions options)
    {
        const string Allowed = "empty, or a ws:// or wss:// URL";
        if (!IsSocketUrl(options.Url)) yield return Wrong(nameof(options.Url), options.Url, Allowed);
        if (!IsSocketUrl(options.AdvertiseUrl)) yield return Wrong(nameof(options.AdvertiseUrl), options.AdvertiseUrl, Allowed);
    }

    /// <summary>RFC 6455 §3: without a fragment. It is told to every client, so it has no password in it either.</summary>
    private static bool IsSocketUrl(string text) =>
        text.Length == 0
        || (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeWs || url.Scheme == Uri.UriSchemeWss)
            && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            && !text.Any(char.IsWhiteSpace));
}
