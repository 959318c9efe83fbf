using System.Globalization;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Admin.Palettes;

/// <summary>The switches that a command was given, checked.</summary>
public sealed class SwitchValues
{
    // Longer than any name there is, and short enough to be told back.
    private const int MostCharacters = 1024;
    private const int MostValues = 256;

    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);

    private SwitchValues()
    {
    }

    /// <exception cref="CommandMisusedException">They are not those of the command.</exception>
    public static SwitchValues Read(Command command, IReadOnlyCollection<SwitchValue> given)
    {
        var values = new SwitchValues();
        foreach (var one in given)
        {
            var known = command.Switches.FirstOrDefault(s => s.Name == one.Name)
                ?? throw new CommandMisusedException($"{command.Name} has no switch --{Shown(one.Name)}.");
            Check(known, one.Values);
            if (!values._values.TryAdd(known.Name, [.. one.Values])) throw new CommandMisusedException($"--{known.Name} is given twice.");
        }
        foreach (var missing in command.Switches.Where(s => !values._values.ContainsKey(s.Name)))
        {
            if (missing.Mandatory) throw new CommandMisusedException($"{command.Name} needs --{missing.Name}.");
            if (missing.Default is { } usual) values._values[missing.Name] = [usual];
        }
        return values;
    }

    /// <summary>True where the switch was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Its value, or its default; null where there is neither.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name) is [var value, ..] ? value : null;

    public IReadOnlyList<string> Texts(string name) => _values.GetValueOrDefault(name) ?? [];

    public int? Number(string name) => Text(name) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    public TimeSpan? Duration(string name) => Text(name) is { } text && Durations.TryParse(text, out var duration) ? duration : null;

    private static void Check(Switch known, IReadOnlyCollection<string> values)
    {
        if (known.Kind == SwitchKind.Flag)
        {
            if (values.Count > 0) throw new CommandMisusedException($"--{known.Name} takes no value.");
            return;
        }
        if (values.Count == 0) throw new CommandMisusedException($"--{known.Name} needs a value.");
        if (values.Count > (known.Multiple ? MostValues : 1)) throw new CommandMisusedException($"--{known.Name} is given too often.");
        foreach (var value in values)
        {
            if (value.Length is 0 or > MostCharacters) throw new CommandMisusedException($"--{known.Name} takes 1 to {MostCharacters} characters.");
            if (known.Refusal(value) is { } allowed) throw new CommandMisusedException($"--{known.Name} is '{Shown(value)}': it must be {allowed}.");
        }
    }

    /// <summary>What came from outside, as it may stand in a message.</summary>
    private static string Shown(string text) =>
        string.Concat((text.Length > 64 ? text[..64] + "…" : text).Select(c => char.IsControl(c) ? '?' : c));
}
