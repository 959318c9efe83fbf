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

    /// <summary>A variable that an image has, of its stage or of one that this starts from; null for none.</summary>
    public static string? Variable(IReadOnlyList<Stage> stages, string target, string name) => ChainOf(stages, target)
        .SelectMany(stage => stage.Instructions).Where(line => line.StartsWith("ENV ", StringComparison.Ordinal))
        .SelectMany(line => line.Split(' ')).Where(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal)).Select(pair => pair[(name.Length + 1)..]).FirstOrDefault();

    /// <summary>The target's stage, the one that it starts from, and so on.</summary>
    public static IReadOnlyList<Stage> ChainOf(IReadOnlyList<Stage> stages, string target)
    {
        var chain = new List<Stage>();
        for (var stage = stages.Single(found => found.Name == target); stage is not null; stage = stages.SingleOrDefault(found => found.Name == stage.Base)) chain.Add(stage);
        return chain;
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^FROM (?:--\S+ )*(\S+) AS (\S+)$")]
    private static partial Regex From();
}
