using System.Net;

namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>ProxyProtocol</c>.</summary>
[Section("ProxyProtocol")]
public sealed class ProxyProtocolOptions
{
    /// <summary>Comma-separated CIDRs whose connections start with a PROXY header; empty: off.</summary>
    public string Trusted { get; set; } = "";

    public IReadOnlyList<string> TrustedList => Endpoints.Split(Trusted);
}

internal sealed class ProxyProtocolOptionsValidator : OptionsValidator<ProxyProtocolOptions>
{
    protected override IEnumerable<string> Check(ProxyProtocolOptions options)
    {
        if (options.TrustedList.Any(cidr => !IPNetwork.TryParse(cidr, out _)))
            yield return Wrong(nameof(options.Trusted), options.Trusted, "a comma-separated list of CIDRs, as 10.0.0.0/8");
        else if (options.TrustedList.Count > 0)
            yield return Wrong(nameof(options.Trusted), options.Trusted, "empty: this version does not read PROXY headers");
    }
}
