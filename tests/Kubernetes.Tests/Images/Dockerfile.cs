using System.Text.RegularExpressions;

namespace AkkaSockets.Kubernetes.Tests.Images;

/// <summary>A stage of the Dockerfile: what it starts from, its name and its instructions, one a line.</summary>
internal sealed record Stage(string Base, string Name, IReadOnlyList<string> Instructions)
{
    public string? Last(string keyword) => Instructions.LastOrDefault(line => line.StartsWith($"{keyword} ", StringComparison.Ordinal))?[(keyword.Length + 1)..];
}

/// <summary>The Dockerfile, as far as the manifests depend on it.</summary>
internal static partial class Dockerfile
{
    private const string Ours = "akkasockets/";

    public static IReadOnlyList<Stage> Stages { get; } = Parse(Repository.Read("Dockerfile"));

    /// <summary>The stages that are images: those that a program starts in.</summary>
    public static IReadOnlyCollection<string> Targets { get; } = [.. Stages.Where(stage => stage.Last("ENTRYPOINT") is not null).Select(stage => stage.Name)];

    /// <summary>The target that makes an image of ours; null for another's.</summary>
    public static string? TargetOf(string name) => name.StartsWith(Ours, StringComparison.Ordinal) ? name[Ours.Length..] : null;

    public static (string Name, string Tag) Split(string image) => image.Split(':') is [var name, var tag] ? (name, tag) : (image, "");

    public static IReadOnlyList<Stage> Parse(string text)
    {
        var stages = new List<Stage>();
        var lines = Continued().Replace(Comment().Replace(text, ""), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
        {
            if (From().Match(line) is { Success: true } from) stages.Add(new(from.Groups[1].Value, from.Groups[2].Value, new List<string>()));
            else if (stages.Count > 0) ((List<string>)stages[^1].Instructions).Add(line);
        }
        return stages;
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^FROM (?:--\S+ )*(\S+) AS (\S+)$")]
    private static partial Regex From();
}
