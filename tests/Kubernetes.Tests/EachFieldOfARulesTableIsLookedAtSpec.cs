using AkkaSockets.Kubernetes.Tests.Broken;
using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests;

/// <summary>Rules that are tables are proved line by line, out of the tables themselves.</summary>
public sealed class EachFieldOfARulesTableIsLookedAtSpec
{
    private const string NoWord = "no-word";

    public static TheoryData<string, string> WithWords => Named(WordsRule.Entries);

    public static TheoryData<string, string> Required => Named(RequiredFieldsRule.Entries);

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(WithWords))]
    public void A_word_that_is_none_is_told(string type, string property)
    {
        var field = TypeOf(WordsRule.Entries, type, property);
        object word = field.GetProperty(property)!.PropertyType == typeof(string) ? NoWord : new List<string> { NoWord };
        var (manifests, path) = Planted.In(field, property, word);
        Assert.Contains(new WordsRule().Check(manifests), line => line.StartsWith($"{path}.{property} is '{NoWord}'", StringComparison.Ordinal));
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Required))]
    public void A_field_that_is_missing_is_told(string type, string property)
    {
        // A number that is missing is loaded as 0, which is what null sets it to.
        var (manifests, path) = Planted.In(TypeOf(RequiredFieldsRule.Entries, type, property), property, null);
        Assert.Contains($"{path} lacks {property}.", new RequiredFieldsRule().Check(manifests));
    }

    private static TheoryData<string, string> Named(IEnumerable<(Type Type, string Property)> entries)
    {
        var all = new TheoryData<string, string>();
        foreach (var (type, property) in entries) all.Add(type.Name, property);
        return all;
    }

    private static Type TypeOf(IEnumerable<(Type Type, string Property)> entries, string type, string property) =>
        entries.Single(entry => (entry.Type.Name, entry.Property) == (type, property)).Type;
}
