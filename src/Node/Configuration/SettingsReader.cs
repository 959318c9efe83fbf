using System.Globalization;
using System.Reflection;

namespace AkkaSockets.Node.Configuration;

/// <summary>
/// Reads a section into its options class and says what is wrong with it, one line each. The class's settable properties are the keys
/// there are; their attributes say what they allow.
/// </summary>
internal static class SettingsReader
{
    private const string Hidden = "(hidden)";

    public static string SectionOf(Type options) => options.GetCustomAttribute<SectionAttribute>()!.Name;

    public static IEnumerable<PropertyInfo> KeysOf(Type options) => options.GetProperties().Where(p => p.SetMethod is { IsPublic: true });

    public static bool IsSecret(PropertyInfo key) => key.GetCustomAttribute<SecretAttribute>() is not null;

    /// <summary>Fills <paramref name="options"/>, which has the defaults, from its section.</summary>
    public static IEnumerable<string> Read(IConfiguration configuration, object options)
    {
        var type = options.GetType();
        var section = SectionOf(type);
        var keys = KeysOf(type).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var given in configuration.GetSection(section).GetChildren())
        {
            if (!keys.TryGetValue(given.Key, out var key))
                yield return $"{section}:{given.Key} is not a setting{Suggest(given.Key, keys.Keys, section)}. Allowed in {section}: {string.Join(", ", keys.Keys)}.";
            else if (given.Value is not { } text)
                yield return $"{section}:{key.Name} has settings below it: it takes one value.";
            else if (Convert(key, text) is { } value)
                key.SetValue(options, value);
            else
                yield return Wrong(section, key, text, Allowed(key));
        }
    }

    /// <summary>The line for a value that is not allowed.</summary>
    public static string Wrong(string section, PropertyInfo key, object? given, string allowed) =>
        $"{section}:{key.Name} is {(IsSecret(key) ? Hidden : $"'{given}'")}: it must be {allowed}.";

    private static object? Convert(PropertyInfo key, string text)
    {
        if (key.PropertyType == typeof(string))
            return key.GetCustomAttribute<OneOfAttribute>() is { } words ? words.Words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) : text;
        if (key.PropertyType == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        var range = key.GetCustomAttribute<BetweenAttribute>()!;
        if (number < range.Least || number > range.Most) return null;
        return key.PropertyType == typeof(int) ? (object)(int)number : number;
    }

    private static string Allowed(PropertyInfo key)
    {
        if (key.PropertyType == typeof(bool)) return "true or false";
        if (key.GetCustomAttribute<OneOfAttribute>() is { } words) return string.Join(" or ", words.Words);
        var range = key.GetCustomAttribute<BetweenAttribute>()!;
        return $"a whole number from {range.Least} to {range.Most}";
    }

    private static string Suggest(string given, IEnumerable<string> keys, string section)
    {
        var nearest = keys.MinBy(key => Distance(given.ToUpperInvariant(), key.ToUpperInvariant()))!;
        return Distance(given.ToUpperInvariant(), nearest.ToUpperInvariant()) <= 3 ? $": did you mean {section}:{nearest}?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
