using System.Reflection;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Configuration;

/// <summary>All sections of a node's configuration: read, checked, and there for whoever asks for an <c>IOptions&lt;T&gt;</c>.</summary>
public static class NodeSettings
{
    /// <summary>Reads every section now, so that a node with a wrong setting does not start.</summary>
    /// <exception cref="SettingsException">A line for each fault.</exception>
    public static IServiceCollection AddNodeOptions(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        var faults = new List<string>();
        var all = new List<object>();
        T Take<T>(T defaults, IValidateOptions<T>? validator = null)
            where T : class
        {
            var wrong = SettingsReader.Read(configuration, defaults).ToList();
            // Rules that follow from a value are told once the value itself is right.
            if (wrong.Count == 0 && validator?.Validate(null, defaults) is { Failed: true } failed) wrong.AddRange(failed.Failures!);
            faults.AddRange(wrong);
            all.Add(defaults);
            services.AddSingleton(Options.Create(defaults));
            return defaults;
        }

        var listen = Take(new ListenerOptions(), new ListenerOptionsValidator());
        var member = Take(new ClusterMemberOptions(), new ClusterMemberOptionsValidator());
        var store = Take(new StoreOptions(), new StoreOptionsValidator());
        Take(new AuthOptions { Development = development }, new AuthOptionsValidator(development));
        Take(new ApiOptions(), new ApiOptionsValidator(development));
        Take(new GatewayOptions(), new GatewayOptionsValidator());
        Take(new PlacementOptions());
        Take(new ReconnectOptions());
        Take(new DrainOptions(), new DrainOptionsValidator());
        Take(new DeliveryOptions());
        var retention = Take(new RetentionOptions());
        var limits = Take(new LimitsOptions(), new LimitsOptionsValidator());
        Take(new SendOptions { Allow = development ? SendOptions.All : SendOptions.Claim });
        var pbm = Take(new PbmOptions());
        Take(new ProxyProtocolOptions(), new ProxyProtocolOptionsValidator());

        if (faults.Count == 0) faults.AddRange(AcrossSections(development, listen, member, store, retention, limits, pbm));
        if (faults.Count > 0) throw new SettingsException(faults);
        if (member.NodeName.Length == 0) member.NodeName = member.Address;
        services.AddSingleton(new SettingsInForce(all));
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
        Endpoints.TryParse(listen.Pbm, out var host, out _);
        if (!Endpoints.IsLoopback(host) && pbm.Token.Length == 0)
            yield return SettingFault.Missing(KeyOf<PbmOptions>(nameof(pbm.Token)), $"a secret where Listen:Pbm is not loopback, and that is '{listen.Pbm}' (openssl rand -hex 24 makes one)");
    }

    private static string Wrong<T>(string key, object given, string allowed) => SettingFault.Wrong(KeyOf<T>(key), given, allowed);

    private static PropertyInfo KeyOf<T>(string key) => typeof(T).GetProperty(key)!;
}
