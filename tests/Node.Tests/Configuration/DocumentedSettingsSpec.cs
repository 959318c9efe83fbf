using System.Globalization;
using System.Reflection;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Tests.Configuration;

/// <summary>docs/operations.md has a row for each setting, with its default and what it allows.</summary>
public sealed class DocumentedSettingsSpec
{
    private static readonly IReadOnlyList<IReadOnlyList<string>> Rows = OperationsDocument.RowsUnder("Settings");

    private static readonly IReadOnlyList<Type> Sections =
        [.. typeof(NodeSettings).Assembly.GetTypes().Where(type => type.GetCustomAttribute<SectionAttribute>() is not null)];

    private static readonly Dictionary<string, PropertyInfo> All = Sections.SelectMany(SettingsReader.KeysOf).ToDictionary(NameOf);

    public static TheoryData<string> Keys() => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_setting_is_there_with_its_default_and_its_range(string name)
    {
        var key = All[name];
        // The first table has four columns; those after it say what is different elsewhere.
        var row = Assert.Single(Rows, row => row.Count == 4 && row[0] == name);

        var standard = Convert.ToString(key.GetValue(Activator.CreateInstance(key.DeclaringType!)), CultureInfo.InvariantCulture)!;
        var shown = key.PropertyType == typeof(bool) ? standard.ToLowerInvariant() : standard.Length == 0 ? "empty" : standard;
        Assert.Equal(shown, row[1].Split(" (")[0].Split(": ")[0]);
        if (key.GetCustomAttribute<BetweenAttribute>() is { } range)
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{range.Least:N0} to {range.Most:N0}"), row[2].Split(", ")[0]);
        if (key.GetCustomAttribute<OneOfAttribute>() is { } words)
            Assert.Equal(string.Join(", ", words.Words), row[2]);
    }

    [Fact]
    public void Nothing_else_is_called_a_setting() =>
        Assert.All(Rows.Where(row => row.Count == 4 && row[0] is not "key" and not "---"), row => Assert.Contains(row[0], All.Keys));

    private static string NameOf(PropertyInfo key) => $"{SettingsReader.SectionOf(key.DeclaringType!)}:{key.Name}";
}
