using System.Reflection;
using AkkaSockets.Messages.Serialization;

namespace AkkaSockets.Messages.Tests.Serialization;

public sealed class ManifestsSpec(NodeSystem node) : IClassFixture<NodeSystem>
{
    private static readonly IReadOnlyDictionary<string, string> Table =
        typeof(Manifests).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);

    [Fact]
    public void Each_message_type_has_one_under_its_name() =>
        Assert.Equal(MessageTypes.All.Select(type => type.Name), Table.Keys.OrderBy(name => name, StringComparer.Ordinal));

    [Fact]
    public void No_two_are_the_same() => Assert.Equal(Table.Count, Table.Values.Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void They_have_one_to_four_letters_or_digits() =>
        Assert.All(Table.Values, manifest => Assert.True(manifest is { Length: >= 1 and <= 4 } && manifest.All(char.IsAsciiLetterOrDigit), manifest));

    [Fact]
    public void They_are_what_the_serializer_writes() =>
        Assert.All(Samples.All(node.System), sample => Assert.Equal(Table[sample.Message.GetType().Name], node.Write(sample.Message).Manifest));
}
