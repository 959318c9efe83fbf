namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Cluster</c>: this member, and whom it asks to join.</summary>
[Section("Cluster")]
public sealed class ClusterMemberOptions
{
    /// <summary>In <see cref="Seeds"/>: a cluster of one's own, said on purpose.</summary>
    public const string Self = "self";

    /// <summary>The host that other members reach this one by.</summary>
    public string Host { get; set; } = "127.0.0.1";

    [Between(0, 65535)]
    public int Port { get; set; } = 4054;

    /// <summary>Comma-separated <c>host:port</c>, the same list in the same order on every member. Empty: a cluster of its own.</summary>
    public string Seeds { get; set; } = "";

    /// <summary>Nodes that must be Up before shards are first placed.</summary>
    [Between(1, 10_000)]
    public int MinNodes { get; set; } = 1;

    /// <summary>The stable name that placement hashes; <c>host:port</c> where none is given.</summary>
    public string NodeName { get; set; } = "";

    public IReadOnlyList<string> SeedList => Seeds == Self ? [] : Endpoints.Split(Seeds);

    public string Address => $"{Host}:{Port}";
}

internal sealed class ClusterMemberOptionsValidator : OptionsValidator<ClusterMemberOptions>
{
    private const int NameLength = 128;

    protected override IEnumerable<string> Check(ClusterMemberOptions options)
    {
        if (!Endpoints.IsHost(options.Host)) yield return Wrong(nameof(options.Host), options.Host, "a host name or an IP address");
        if (options.SeedList.Any(seed => !Endpoints.TryParse(seed, out _, out _)))
            yield return Wrong(nameof(options.Seeds), options.Seeds, $"empty, {ClusterMemberOptions.Self}, or a comma-separated list of host:port");
        if (options.NodeName.Length > NameLength || options.NodeName.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            yield return Wrong(nameof(options.NodeName), options.NodeName, $"up to {NameLength} characters without white space");
    }
}
