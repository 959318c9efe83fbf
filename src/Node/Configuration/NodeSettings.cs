using System.Reflection;

namespace AkkaSockets.Node.Configuration;

/// <summary>All sections of a node's configuration: read, checked, and there for whoever asks for an <c>IOptions&lt;T&gt;</c>.</summary>
public static class NodeSettings
{
    /// <summary>Reads every section now, so that a node with a wrong setting does not start.</summary>
    /// <exception cref="SettingsException">A line for each fault.</exception>
    public static IServiceCollection AddNodeOptions(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        var settings = new SettingsIntake(configuration, services);
        var listen = settings.Take(new ListenerOptions(), new ListenerOptionsValidator());
        var member = settings.TakeMember(new ClusterMemberOptions());
        var store = settings.Take(new StoreOptions(), new StoreOptionsValidator());
        settings.Take(new AuthOptions { Development = development }, new AuthOptionsValidator(development));
        settings.Take(new ApiOptions(), new ApiOptionsValidator(development));
        settings.Take(new GatewayOptions(), new GatewayOptionsValidator());
        settings.Take(new PlacementOptions());
        settings.Take(new ReconnectOptions());
        settings.Take(new DrainOptions(), new DrainOptionsValidator());
        settings.Take(new DeliveryOptions());
        var retention = settings.Take(new RetentionOptions());
        var limits = settings.Take(new LimitsOptions(), new LimitsOptionsValidator());
        settings.Take(new SendOptions { Allow = development ? SendOptions.All : SendOptions.Claim });
        var pbm = settings.Take(new PbmOptions());
        settings.Take(new ProxyProtocolOptions(), new ProxyProtocolOptionsValidator());

        settings.Check(AcrossSections(development, listen, member, store, retention, limits, pbm));
        settings.Finish();
        return services;
    }

    private static IEnumerable<string> AcrossSections(
        bool development, ListenerOptions listen, ClusterMemberOptions member, StoreOptions store, RetentionOptions retention, LimitsOptions limits, PbmOptions pbm)
    {
        if (retention.Bytes < limits.FrameBytes)
            yield return Wrong<RetentionOptions>(nameof(retention.Bytes), retention.Bytes, $"at least Limits:FrameBytes, which is {limits.FrameBytes}");
        if (store.Provider == StoreOptions.Embedded && member.SeedList.Any(seed => !seed.Equals(member.Address, StringComparison.OrdinalIgnoreCase)))
        {
            yield return Wrong<ClusterMemberOptions>(nameof(member.Seeds), member.Seeds,
                $"empty, {ClusterMemberOptions.Self} or {member.Address} with Persistence:Provider embedded, which serves one node only");
        }
        // Two nodes of one store that found a cluster each would fight over every user's log; so a cluster of its own is said on purpose.
        if (store.Provider == StoreOptions.RedisProvider && !development && string.IsNullOrWhiteSpace(member.Seeds))
        {
            yield return SettingFault.Missing(KeyOf<ClusterMemberOptions>(nameof(member.Seeds)),
                $"a comma-separated list of host:port, the same on every member, or {ClusterMemberOptions.Self} for a node that stays alone, with Persistence:Provider redis outside Development");
        }
        foreach (var fault in PbmOptions.CheckToken(listen.Pbm, pbm)) yield return fault;
    }

    private static string Wrong<T>(string key, object given, string allowed) => SettingFault.Wrong(KeyOf<T>(key), given, allowed);

    private static PropertyInfo KeyOf<T>(string key) => typeof(T).GetProperty(key)!;
}
