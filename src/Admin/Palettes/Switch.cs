using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Admin.Palettes;

/// <summary>A switch of a command: <c>--user alice</c>, <c>-u alice</c>.</summary>
/// <param name="Name">Long, without dashes.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Short">One letter.</param>
public sealed record Switch(string Name, string Help, char? Short = null)
{
    public SwitchKind Kind { get; init; } = SwitchKind.Text;

    public bool Mandatory { get; init; }

    /// <summary>May be given more than once.</summary>
    public bool Multiple { get; init; }

    /// <summary>What counts where it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>What stands for the value in help texts.</summary>
    public string Placeholder { get; init; } = "";

    /// <summary>The only values there are, where there are few; in any case of letters.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Why <paramref name="value"/> is none of this switch's, or null where it is one.</summary>
    internal string? Refusal(string value) => Kind switch
    {
        SwitchKind.Number when !int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _) => "a whole number, 0 or more",
        SwitchKind.Duration when !Durations.TryParse(value, out _) => "a duration, as 500ms, 5s or 2m",
        _ when Allowed.Count > 0 && !Allowed.Contains(value, StringComparer.OrdinalIgnoreCase) => $"one of {string.Join(", ", Allowed)}",
        _ => null,
    };

    internal SwitchDescription Describe()
    {
        var description = new SwitchDescription
        {
            Name = Name,
            ShortName = Short?.ToString() ?? "",
            Help = Help,
            Kind = Kind,
            Mandatory = Mandatory,
            Multiple = Multiple,
            Placeholder = Placeholder,
        };
        if (Default is not null) description.Default = Default;
        description.Allowed.AddRange(Allowed);
        return description;
    }
}
