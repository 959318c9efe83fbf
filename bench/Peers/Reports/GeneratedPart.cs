namespace AkkaSockets.Peers.Reports;

/// <summary>The part of a document that is written by this program; everything around it is left as it is.</summary>
internal static class GeneratedPart
{
    public const string Begin = "<!-- bench/Peers writes from here -->";
    public const string End = "<!-- to here -->";

    /// <exception cref="InvalidDataException">The document has no such part.</exception>
    public static string Replace(string document, string part)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : document.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0) throw new InvalidDataException($"There is no part between '{Begin}' and '{End}'.");
        return $"{document[..(begin + Begin.Length)]}\n\n{part.Trim()}\n\n{document[end..]}";
    }
}
