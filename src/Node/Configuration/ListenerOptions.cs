namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Listen</c>: where the node listens. Port 0 takes any that is free.</summary>
[Section("Listen")]
public sealed class ListenerOptions
{
    /// <summary>Clients: <c>/ws</c>, <c>/gateway</c>.</summary>
    public string Clients { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Backends, health and metrics. Keep it inside.</summary>
    public string Api { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Commands, as <c>host:port</c>.</summary>
    public string Pbm { get; set; } = "127.0.0.1:9110";
}

internal sealed class ListenerOptionsValidator : OptionsValidator<ListenerOptions>
{
    protected override IEnumerable<string> Check(ListenerOptions options)
    {
        const string Url = "a URL with a host and a port and nothing after it, as http://127.0.0.1:8080";
        if (!IsListenUrl(options.Clients)) yield return Wrong(nameof(options.Clients), options.Clients, Url);
        if (!IsListenUrl(options.Api)) yield return Wrong(nameof(options.Api), options.Api, Url);
        if (!Endpoints.TryParse(options.Pbm, out _, out _)) yield return Wrong(nameof(options.Pbm), options.Pbm, "host:port");
        if (options.Clients == options.Api && !options.Clients.EndsWith(":0", StringComparison.Ordinal))
            yield return Wrong(nameof(options.Api), options.Api, "another address than Listen:Clients");
    }

    private static bool IsListenUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.PathAndQuery == "/" && url.UserInfo.Length == 0 && url.Fragment.Length == 0;
}
