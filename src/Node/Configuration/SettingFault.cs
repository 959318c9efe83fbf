using System.Globalization;
using System.Reflection;
using System.Text;

namespace AkkaSockets.Node.Configuration;

/// <summary>The line for each kind of wrong setting: it names the key, what was given and what is allowed.</summary>
internal static class SettingFault
{
    private const string Hidden = "(hidden)";

    // Enough to recognize a value by, and still a line.
    private const int LongestShown = 200;

    public static string Wrong(PropertyInfo key, object? given, string allowed) =>
        $"{NameOf(key)} is {(SettingsReader.IsSecret(key) ? Hidden : $"'{Shown(Convert.ToString(given, CultureInfo.InvariantCulture)!)}'")}: it must be {allowed}.";

    public static string Missing(PropertyInfo key, string allowed) => $"{NameOf(key)} is missing: it must be {allowed}.";

    /// <summary>Says nothing of the value: it may be a secret under a mistyped name.</summary>
    public static string Unknown(Type options, string given)
    {
        var section = SettingsReader.SectionOf(options);
        var keys = SettingsReader.KeysOf(options).Select(key => key.Name).ToList();
        var nearest = keys.MinBy(key => Distance(given, key))!;
        var hint = Distance(given, nearest) <= Math.Max(2, nearest.Length / 3) ? $": did you mean {section}:{nearest}?" : ".";
        return $"{section}:{Shown(given)} is not a setting{hint} Allowed in {section}: {string.Join(", ", keys)}.";
    }

    public static string Below(PropertyInfo key, string given) =>
        $"{NameOf(key)}:{Shown(given)} is not a setting: {NameOf(key)} takes one value, and a list is comma-separated.";

    private static string NameOf(PropertyInfo key) => $"{SettingsReader.SectionOf(key.DeclaringType!)}:{key.Name}";

    private static string Shown(string given)
    {
        var text = new StringBuilder();
        foreach (var c in given.AsSpan(0, Math.Min(given.Length, LongestShown)))
        {
            // What ends a line for one reader or another would make two of it.
            if (char.IsControl(c) || c is '\u2028' or '\u2029') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else text.Append(c);
        }
        return given.Length > LongestShown ? text.Append('…').ToString() : text.ToString();
    }

    /// <summary>How many letters are to be changed, added or left out (Levenshtein), whatever their case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change));
            }
        }
        return row[^1];
    }
}
