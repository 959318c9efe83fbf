using System.Globalization;

namespace AkkaSockets.Node.Configuration;

/// <summary>The settings that this node runs with, to show.</summary>
public sealed class SettingsInForce(IReadOnlyList<object> sections)
{
    private const string Mask = "***";

    /// <summary>Every key with its value, by section; secrets that are set read <c>***</c>.</summary>
    public IEnumerable<(string Key, string Value)> Masked() =>
        from section in sections
        let type = section.GetType()
        from key in SettingsReader.KeysOf(type)
        let value = Convert.ToString(key.GetValue(section), CultureInfo.InvariantCulture) ?? ""
        select ($"{SettingsReader.SectionOf(type)}:{key.Name}", SettingsReader.IsSecret(key) && value.Length > 0 ? Mask : value);
}
