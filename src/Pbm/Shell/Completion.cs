using AkkaSockets.Pbm.CommandLine;

namespace AkkaSockets.Pbm.Shell;

/// <summary>What the word before the cursor may become.</summary>
/// <param name="Length">How many characters before the cursor it takes the place of.</param>
internal sealed record Completion(int Length, IReadOnlyList<string> Candidates)
{
    /// <summary>What all candidates begin with.</summary>
    public string Common => Candidates.Count == 0 ? "" : Candidates.Aggregate(CommonStart);

    public static Completion Of(CommandTree tree, string beforeCursor)
    {
        var word = beforeCursor[(beforeCursor.LastIndexOf(' ') + 1)..];
        var candidates = tree.Root.Parse(beforeCursor, GivenArguments.Parsing).GetCompletions(beforeCursor.Length)
            .Select(item => item.InsertText ?? item.Label)
            .Where(text => text.StartsWith(word, StringComparison.Ordinal) && (word.Length > 0 || !text.StartsWith('-')))
            .Where(text => text is not ("-?" or "-h" or "/?" or "/h" or "--version"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return new Completion(word.Length, [.. candidates]);
    }

    private static string CommonStart(string one, string other) =>
        new([.. one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)]);
}
