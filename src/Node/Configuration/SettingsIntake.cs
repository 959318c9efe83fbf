using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Configuration;

/// <summary>Takes a member's sections one by one and gathers what is wrong with them, so that all faults are told at once.</summary>
internal sealed class SettingsIntake(IConfiguration configuration, IServiceCollection services)
{
    private readonly List<string> _faults = [];
    private readonly List<object> _sections = [];
    private ClusterMemberOptions? _member;

    /// <summary>Fills <paramref name="defaults"/> from its section, checks it and registers it as an <c>IOptions&lt;T&gt;</c>.</summary>
    public T Take<T>(T defaults, IValidateOptions<T>? validator = null)
        where T : class
    {
        var wrong = SettingsReader.Read(configuration, defaults).ToList();
        // Rules that follow from a value are told once the value itself is right.
        if (wrong.Count == 0 && validator?.Validate(null, defaults) is { Failed: true } failed) wrong.AddRange(failed.Failures!);
        _faults.AddRange(wrong);
        _sections.Add(defaults);
        services.AddSingleton(Options.Create(defaults));
        return defaults;
    }

    /// <summary>The section that every member has; a name that was not given becomes the address in <see cref="Finish"/>.</summary>
    public ClusterMemberOptions TakeMember(ClusterMemberOptions defaults) => _member = Take(defaults, new ClusterMemberOptionsValidator());

    /// <summary>Adds what is wrong across sections, where each by itself is right.</summary>
    public void Check(IEnumerable<string> faults)
    {
        if (_faults.Count == 0) _faults.AddRange(faults);
    }

    /// <exception cref="SettingsException">A line for each fault.</exception>
    public void Finish()
    {
        if (_faults.Count > 0) throw new SettingsException(_faults);
        if (_member is { NodeName.Length: 0 }) _member.NodeName = _member.Address;
        services.AddSingleton(new SettingsInForce(_sections));
    }
}
