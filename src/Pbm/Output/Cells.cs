using System.Globalization;
using System.Text;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Pbm.Output;

/// <summary>Values as people read them.</summary>
internal static class Cells
{
    private const string Nothing = "-";

    public static string Text(Value value, string column = "", bool isEvent = false) => value.KindCase switch
    {
        _ when value.Brief is { } brief => Text(brief),
        Value.KindOneofCase.Text => SafeText.Of(value.Text),
        Value.KindOneofCase.Number when column.EndsWith("Bytes", StringComparison.Ordinal) => Bytes(value.Number),
        Value.KindOneofCase.Number => value.Number.ToString(CultureInfo.InvariantCulture),
        Value.KindOneofCase.Real => value.Real.ToString("0.##", CultureInfo.InvariantCulture),
        Value.KindOneofCase.Flag => value.Flag ? "yes" : "no",
        Value.KindOneofCase.Time => Time(value.Time, isEvent ? "HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss'Z'"),
        Value.KindOneofCase.Texts => Text(value.Texts),
        _ => Nothing,
    };

    /// <summary>UTC; a time that no calendar has reads as its number.</summary>
    public static string Time(long unixMs, string format) =>
        unixMs >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && unixMs <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString(format, CultureInfo.InvariantCulture)
            : unixMs.ToString(CultureInfo.InvariantCulture);

    public static bool IsNumber(Value value) => value.KindCase is Value.KindOneofCase.Number or Value.KindOneofCase.Real;

    /// <summary>A column's or property's name in words: <c>memoryBytes</c> reads <c>memory</c>.</summary>
    public static string Label(string name)
    {
        var bare = name.EndsWith("Bytes", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
        var words = new StringBuilder();
        foreach (var c in SafeText.Of(bare))
        {
            if (char.IsAsciiLetterUpper(c) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }
        return words.ToString();
    }

    private static string Text(Texts texts) => texts.Items.Count == 0 ? Nothing : SafeText.Of(string.Join(", ", texts.Items));

    private static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
    };
}
