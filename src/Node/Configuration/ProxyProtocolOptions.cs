using System.Net;

namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>ProxyProtocol</c>: whose connections say where they come from.</summary>
[Section("ProxyProtocol")]
public sealed class ProxyProtocolOptions
{
    /// <summary>Comma-separated CIDRs whose connections start with a PROXY v1 or v2 header; empty: off.</summary>
    public string Trusted { get; set; } = "";

    /// <summary><see cref="Trusted"/>, each by itself.</summary>
    public IReadOnlyList<IPNetwork> TrustedList => [.. Endpoints.Split(Trusted).Select(cidr => IPNetwork.Parse(cidr))];
}

internal sealed class ProxyProtocolOptionsValidator : OptionsValidator<ProxyProtocolOptions>
{
    protected override IEnumerable<string> Check(ProxyProtocolOptions options)
    {
        var cidrs = Endpoints.Split(options.Trusted);
        if (cidrs.Any(cidr => !IPNetwork.TryParse(cidr, out _)))
            yield return Wrong(nameof(options.Trusted), options.Trusted, "empty, or a comma-separated list of CIDRs, as 10.0.0.0/8");
        else if (cidrs.Count > 0)
            yield return Wrong(nameof(options.Trusted), options.Trusted, "empty, since this version reads no PROXY headers");
    }
}
