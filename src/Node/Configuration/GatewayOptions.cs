namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Gateway</c>: what <c>GET /gateway</c> names.</summary>
[Section("Gateway")]
public sealed class GatewayOptions
{
    /// <summary>What clients connect to: the load balancer. Empty: the clients' listener.</summary>
    public string Url { get; set; } = "";

    /// <summary>This node's own address for clients, where they can reach it directly.</summary>
    public string AdvertiseUrl { get; set; } = "";
}

internal sealed class GatewayOptionsValidator : OptionsValidator<GatewayOptions>
{
    protected override IEnumerable<string> Check(GatewayOptions options)
    {
        const string Url = "empty, or a ws:// or wss:// URL";
        if (!IsSocketUrl(options.Url)) yield return Wrong(nameof(options.Url), options.Url, Url);
        if (!IsSocketUrl(options.AdvertiseUrl)) yield return Wrong(nameof(options.AdvertiseUrl), options.AdvertiseUrl, Url);
    }

    private static bool IsSocketUrl(string text) =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeWs || url.Scheme == Uri.UriSchemeWss));
}
