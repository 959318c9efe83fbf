namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Cluster</c>: this member, and whom it asks to join.</summary>
[Section("Cluster")]
public sealed class ClusterMemberOptions
{
    /// <summary>In <see cref="Seeds"/>: a cluster of one's own, said on purpose.</summary>
    public const string Self = "self";

    public const string Steady = "steady";

    public const string Quick = "quick";

    /// <summary>The host name or IP address that other members reach this one by.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port they reach it by, 1 to 65535: seeds name it, so it can not be left to chance. Beside 4053, which is the Lighthouse's.</summary>
    [Between(1, 65535)]
    public int Port { get; set; } = 4054;

    /// <summary>
    /// Comma-separated <c>host:port</c>, the same list in the same order on every member. Empty or <see cref="Self"/>: a cluster of its own.
    /// </summary>
    public string Seeds { get; set; } = "";

    /// <summary>Nodes that must be Up before shards are first placed, 1 to 10,000.</summary>
    [Between(1, 10_000)]
    public int MinNodes { get; set; } = 1;

    /// <summary>
    /// The stable name that placement hashes, up to 128 characters without white space; where none is given it becomes
    /// <see cref="Address"/>. A name that outlives the address brings most shards back after a move.
    /// </summary>
    public string NodeName { get; set; } = "";

    /// <summary>
    /// How soon a member that says nothing is given up, the same on every member: <see cref="Steady"/> (some 9 s) bears a machine that is busy with something else for a while,
    /// <see cref="Quick"/> (some 4 s) puts out one that stands still for longer than that.
    /// </summary>
    [OneOf(Steady, Quick)]
    public string Detection { get; set; } = Steady;

    /// <summary><see cref="Seeds"/>, each by itself; empty for a cluster of its own.</summary>
    public IReadOnlyList<string> SeedList => IsAlone ? [] : Endpoints.Split(Seeds);

    /// <summary><c>host:port</c> of this member.</summary>
    public string Address => Endpoints.Format(Host, Port);

    private bool IsAlone => Seeds.Trim().Equals(Self, StringComparison.OrdinalIgnoreCase);
}

internal sealed class ClusterMemberOptionsValidator : OptionsValidator<ClusterMemberOptions>
{
    private const int NameLength = 128;

    protected override IEnumerable<string> Check(ClusterMemberOptions options)
    {
        if (!Endpoints.IsHost(options.Host)) yield return Wrong(nameof(options.Host), options.Host, "a host name or an IP address");
        if (options.SeedList.Any(seed => !Endpoints.TryParse(seed, out _, out _, leastPort: 1)))
            yield return Wrong(nameof(options.Seeds), options.Seeds, $"empty, {ClusterMemberOptions.Self} or a comma-separated list of host:port");
        if (options.NodeName.Length > NameLength || options.NodeName.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            yield return Wrong(nameof(options.NodeName), options.NodeName, $"up to {NameLength} characters without white space");
    }
}
