namespace AkkaSockets.Node.Configuration;

/// <summary>
/// Section <c>Listen</c>: where the node listens. Port 0 takes any that is free. All defaults are loopback: a node is opened to
/// others on purpose.
/// </summary>
[Section("Listen")]
public sealed class ListenerOptions
{
    /// <summary>Clients: <c>/ws</c>, <c>/gateway</c>. An http or https URL with a port.</summary>
    public string Clients { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Backends, health and metrics, likewise. Keep it inside.</summary>
    public string Api { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Commands, as <c>host:port</c>.</summary>
    public string Pbm { get; set; } = "127.0.0.1:9110";
}

internal sealed class ListenerOptionsValidator : OptionsValidator<ListenerOptions>
{
    protected override IEnumerable<string> Check(ListenerOptions options)
    {
        const string Url = "an http or https URL with a host and a port and no path, as http://127.0.0.1:8080";
        var isClients = Endpoints.TryParseUrl(options.Clients, out var clientsHost, out var clientsPort);
        var isApi = Endpoints.TryParseUrl(options.Api, out var apiHost, out var apiPort);
        if (!isClients) yield return Wrong(nameof(options.Clients), options.Clients, Url);
        if (!isApi) yield return Wrong(nameof(options.Api), options.Api, Url);
        if (!Endpoints.TryParse(options.Pbm, out _, out _)) yield return Wrong(nameof(options.Pbm), options.Pbm, "host:port");
        if (isClients && isApi && clientsPort == apiPort && apiPort != 0 && clientsHost.Equals(apiHost, StringComparison.OrdinalIgnoreCase))
            yield return Wrong(nameof(options.Api), options.Api, "another address than Listen:Clients");
    }
}
