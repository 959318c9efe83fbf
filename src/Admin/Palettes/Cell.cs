using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Admin.Palettes;

/// <summary>One value of a row; the default says that it is not known, or that there is none.</summary>
public readonly record struct Cell
{
    private readonly Value? _proto;

    private Cell(Value proto) => _proto = proto;

    internal Value Proto => _proto ?? new Value();

    public static implicit operator Cell(string? text) => text is null ? default : new(new Value { Text = text });

    public static implicit operator Cell(long? number) => number is { } n ? new(new Value { Number = n }) : default;

    public static implicit operator Cell(long number) => new(new Value { Number = number });

    public static implicit operator Cell(int? number) => number is { } n ? new(new Value { Number = n }) : default;

    public static implicit operator Cell(int number) => new(new Value { Number = number });

    public static implicit operator Cell(double number) => new(new Value { Real = number });

    public static implicit operator Cell(bool flag) => new(new Value { Flag = flag });

    public static implicit operator Cell(bool? flag) => flag is { } f ? new(new Value { Flag = f }) : default;

    public static implicit operator Cell(DateTimeOffset time) => new(new Value { Time = time.ToUnixTimeMilliseconds() });

    public static implicit operator Cell(DateTimeOffset? time) => time is { } t ? t : default;

    public static Cell Texts(IEnumerable<string> items) => new(new Value { Texts = TextsOf(items) });

    /// <summary>The same value, which people are shown as <paramref name="items"/>; JSON has all of it.</summary>
    public Cell Briefly(params IEnumerable<string> items) => new(new Value(Proto) { Brief = TextsOf(items) });

    private static Texts TextsOf(IEnumerable<string> items)
    {
        var texts = new Texts();
        texts.Items.AddRange(items);
        return texts;
    }
}
