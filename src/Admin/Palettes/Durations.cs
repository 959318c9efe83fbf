using System.Globalization;

namespace AkkaSockets.Admin.Palettes;

/// <summary>Durations as commands read them: a whole number, then <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>.</summary>
public static class Durations
{
    // Far above what any command waits for; a timer takes no more.
    private static readonly TimeSpan Most = TimeSpan.FromDays(24);

    /// <summary>False for anything else, and for more than 24 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        duration = default;
        if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue) return false;
        double? unit = text[digits..] switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => null,
        };
        if (unit is null || number * unit > Most.TotalMilliseconds) return false;
        duration = TimeSpan.FromMilliseconds(number * unit.Value);
        return true;
    }

    /// <summary>The shortest of these forms.</summary>
    public static string Format(TimeSpan duration) => (long)duration.TotalMilliseconds switch
    {
        0 => "0s",
        var ms when ms % 60_000 == 0 => $"{ms / 60_000}m",
        var ms when ms % 1_000 == 0 => $"{ms / 1_000}s",
        var ms => $"{ms}ms",
    };
}
