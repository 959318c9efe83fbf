using System.Net;

namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>ProxyProtocol</c>: whose connections say where they come from.</summary>
[Section("ProxyProtocol")]
public sealed class ProxyProtocolOptions
{
    /// <summary>
    /// Comma-separated CIDRs whose connections to <c>Listen:Clients</c> start with a PROXY v1 or v2 header, or are ended; empty: off. Only
    /// the balancers' own addresses: whoever is in it can say to be anybody.
    /// </summary>
    public string Trusted { get; set; } = "";

    /// <summary><see cref="Trusted"/>, each by itself.</summary>
    public IReadOnlyList<IPNetwork> TrustedList => [.. Endpoints.Split(Trusted).Select(cidr => IPNetwork.Parse(cidr))];
}

internal sealed class ProxyProtocolOptionsValidator : OptionsValidator<ProxyProtocolOptions>
{
    protected override IEnumerable<string> Check(ProxyProtocolOptions options)
    {
        if (Endpoints.Split(options.Trusted).Any(cidr => !IPNetwork.TryParse(cidr, out _)))
            yield return Wrong(nameof(options.Trusted), options.Trusted, "empty, or a comma-separated list of CIDRs, as 10.0.0.0/8");
    }
}
