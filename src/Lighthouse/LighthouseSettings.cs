using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Lighthouse;

/// <summary>Section <c>Listen</c> of the seed node, which listens to members only unless told otherwise.</summary>
[Section("Listen")]
public sealed class LighthouseListenerOptions
{
    /// <summary>Health: an http or https URL with a port, where 0 takes any that is free. Empty: nowhere.</summary>
    public string Api { get; set; } = "";

    /// <summary>Commands, as <c>host:port</c>. Empty: nowhere.</summary>
    public string Pbm { get; set; } = "";
}

internal sealed class LighthouseListenerOptionsValidator : OptionsValidator<LighthouseListenerOptions>
{
    protected override IEnumerable<string> Check(LighthouseListenerOptions options)
    {
        if (options.Api.Length > 0 && !Endpoints.TryParseUrl(options.Api, out _, out _))
            yield return Wrong(nameof(options.Api), options.Api, "empty, or an http or https URL with a host and a port and no path, as http://127.0.0.1:8081");
        if (options.Pbm.Length > 0 && !Endpoints.TryParse(options.Pbm, out _, out _)) yield return Wrong(nameof(options.Pbm), options.Pbm, "empty or host:port");
    }
}

/// <summary>The seed node's sections: <c>Cluster</c> as every member's, <c>Listen</c> and <c>Pbm</c>.</summary>
internal static class LighthouseSettings
{
    /// <summary>Beside 4054, which is a Node's.</summary>
    public const int DefaultPort = 4053;

    /// <summary>Reads every section now, so that a seed node with a wrong setting does not start.</summary>
    /// <exception cref="SettingsException">A line for each fault.</exception>
    public static IServiceCollection AddLighthouseOptions(this IServiceCollection services, IConfiguration configuration, out LighthouseListenerOptions listen)
    {
        var settings = new SettingsIntake(configuration, services);
        listen = settings.Take(new LighthouseListenerOptions(), new LighthouseListenerOptionsValidator());
        settings.TakeMember(new ClusterMemberOptions { Port = DefaultPort });
        var pbm = settings.Take(new PbmOptions());
        if (listen.Pbm.Length > 0) settings.Check(PbmOptions.CheckToken(listen.Pbm, pbm));
        settings.Finish();
        return services;
    }
}
