using System.Globalization;
using System.Reflection;

namespace AkkaSockets.Node.Configuration;

/// <summary>
/// Reads a section into its options class and says what is wrong with it, one line each. The class's settable properties are the keys
/// there are; their attributes say what they allow.
/// </summary>
internal static class SettingsReader
{
    public static string SectionOf(Type options) => options.GetCustomAttribute<SectionAttribute>()!.Name;

    public static IEnumerable<PropertyInfo> KeysOf(Type options) => options.GetProperties().Where(p => p.SetMethod is { IsPublic: true });

    public static bool IsSecret(PropertyInfo key) => key.GetCustomAttribute<SecretAttribute>() is not null;

    /// <summary>Fills <paramref name="options"/>, which has the defaults, from its section.</summary>
    public static IEnumerable<string> Read(IConfiguration configuration, object options)
    {
        var type = options.GetType();
        // A value of the section itself is none of ours: a variable GATEWAY or API of the environment says that much to others.
        foreach (var given in configuration.GetSection(SectionOf(type)).GetChildren())
        {
            var key = KeysOf(type).FirstOrDefault(key => key.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase));
            if (key is null)
                yield return SettingFault.Unknown(type, given.Key);
            else if (given.GetChildren().FirstOrDefault() is { } below)
                yield return SettingFault.Below(key, below.Key);
            else if (given.Value is not { } text)
                continue;
            else if (Convert(key, text) is { } value)
                key.SetValue(options, value);
            else
                yield return SettingFault.Wrong(key, text, Allowed(key));
        }
    }

    private static object? Convert(PropertyInfo key, string text)
    {
        if (key.PropertyType == typeof(string)) return WordsOf(key) is { } words ? words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) : text;
        if (key.PropertyType == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        var range = RangeOf(key);
        if (number < range.Least || number > range.Most) return null;
        // Without the cast the two would become one type, long.
        return key.PropertyType == typeof(int) ? (object)(int)number : number;
    }

    private static string Allowed(PropertyInfo key)
    {
        if (key.PropertyType == typeof(bool)) return "true or false";
        if (WordsOf(key) is { } words) return $"{string.Join(", ", words[..^1])} or {words[^1]}";
        var range = RangeOf(key);
        return $"a whole number from {range.Least} to {range.Most}";
    }

    private static string[]? WordsOf(PropertyInfo key) => key.GetCustomAttribute<OneOfAttribute>()?.Words;

    private static BetweenAttribute RangeOf(PropertyInfo key) => key.GetCustomAttribute<BetweenAttribute>()!;
}
