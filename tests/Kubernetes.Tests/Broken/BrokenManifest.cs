using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Broken;

/// <summary>
/// One fault, planted in a rendered overlay: in the object <paramref name="In"/> (<c>Service node</c>), the first match of <paramref name="Pattern"/>
/// becomes <paramref name="Replacement"/>; an object of which nothing is left is not there. <paramref name="Said"/> is what the rule then says, in part.
/// </summary>
internal sealed record BrokenManifest(string Rule, string In, string Pattern, string Replacement, string Said, string Overlay = "base")
{
    public Manifests Load()
    {
        var documents = Rendering.Overlay.Render(Overlay).Split("\n---\n");
        var (kind, name) = In.Split(' ') is [var first, var second] ? (first, second) : throw new FormatException($"'{In}' is not a kind and a name.");
        var found = Array.FindIndex(documents, text => Regex.IsMatch(text, $"^kind: {kind}$", RegexOptions.Multiline)
            && Regex.IsMatch(text, $"^  name: {name}(-[0-9a-z]{{10}})?$", RegexOptions.Multiline));
        if (found < 0) throw new InvalidOperationException($"{Overlay} has no {In}.");
        var pattern = new Regex(Pattern, RegexOptions.Multiline);
        if (!pattern.IsMatch(documents[found])) throw new InvalidOperationException($"'{Pattern}' is not in {In}.");
        documents[found] = pattern.Replace(documents[found], Replacement, 1);
        return Manifests.Load(string.Join("\n---\n", documents.Where(text => text.Length > 0)), Overlay);
    }
}
