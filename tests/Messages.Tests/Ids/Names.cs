namespace AkkaSockets.Messages.Tests.Ids;

/// <summary>Texts for the rules that user and device ids share.</summary>
internal static class Names
{
    public static IEnumerable<string> Good { get; } =
    [
        "a", "~", "alice@example.org", "a/b", "O'Brien", "é", "漢字", "😀", "\u202e",
        "\u200b", "\ufeff", "\uffff", "%20", "$x", "\"\\",
    ];

    public static IEnumerable<string?> Bad { get; } =
    [
        null, "",
        " ", "a b", " a", "a ", "a\tb", "a\n", "\u00a0", "a\u2003b", "\u2028", "\u3000", "\u1680", // white space
        "\0", "a\u0001", "\u001f", "\u007f", "\u0080", "\u0085", "\u009f", // control characters
    ];

    /// <summary>Surrogates that stand alone. Not for theories: their data passes through UTF-8, which turns these into U+FFFD.</summary>
    public static IEnumerable<string> Broken { get; } = ["\ud800", "\udc00", "a\ud83d", "\ude00\ud83d", "\ud83d\ud83d\ude00"];
}
