namespace AkkaSockets.Pbm.Output;

/// <summary>What came from a cluster as it may be written to a terminal: names and log lines are chosen by others, and must not steer it.</summary>
internal static class SafeText
{
    /// <summary>Without control characters, and without those that turn the direction of writing.</summary>
    public static string Of(string text) => text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnsafe(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
