
namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>
/// The frozen encodings in golden-bytes.txt, one a line: sample, manifest, hex (<c>-</c> for no bytes). A line is never changed: nodes of two
/// versions and logs of years are read by them. A new message or field adds lines.
/// </summary>
public sealed class GoldenBytesSpec : IClassFixture<NodeSystem>
{
    private static readonly Dictionary<string, (string Manifest, string Hex)> Goldens =
        ReadLines().ToDictionary(line => line[0], line => (line[1], line[2].Replace("-", "")));

    private readonly NodeSystem _node;
    private readonly IReadOnlyList<Sample> _samples;

    public GoldenBytesSpec(NodeSystem node)
    {
        _node = node;
        _samples = Samples.All(node.System);
    }

    public static TheoryData<string> Names { get; } = [.. Goldens.Keys];

    [Fact]
    public void Every_message_has_a_sample() =>
        Assert.Equal(MessageTypes.All, _samples.Select(sample => sample.Message.GetType()).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal));

    [Fact]
    public void Every_sample_has_a_frozen_encoding()
    {
        var missing = _samples.Where(sample => !Goldens.ContainsKey(sample.Name)).Select(LineOf);
        Assert.True(!missing.Any(), $"Add to golden-bytes.txt, once you are sure of them:\n{string.Join('\n', missing)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_written_as_ever(string name)
    {
        var (manifest, bytes) = _node.Write(SampleOf(name));
        Assert.Equal(Goldens[name], (manifest, Convert.ToHexStringLower(bytes)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_ever_written_is_read(string name)
    {
        var (manifest, hex) = Goldens[name];
        Assert.Equal(MessageText.Of(SampleOf(name)), MessageText.Of(_node.Read(manifest, Convert.FromHexString(hex))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_that_a_newer_version_added_is_passed_over(string name)
    {
        var (manifest, hex) = Goldens[name];
        // Field 1000, a text: c2 3e; field 1001, a number: c8 3e.
        var newer = Convert.FromHexString(hex + "c23e036e6577" + "c83e07");
        Assert.Equal(MessageText.Of(SampleOf(name)), MessageText.Of(_node.Read(manifest, newer)));
    }

    private IClusterMessage SampleOf(string name) => _samples.Single(sample => sample.Name == name).Message;

    private string LineOf(Sample sample)
    {
        var (manifest, bytes) = _node.Write(sample.Message);
        return $"{sample.Name} {manifest} {(bytes.Length == 0 ? "-" : Convert.ToHexStringLower(bytes))}";
    }

    private static IEnumerable<string[]> ReadLines()
    {
        using var reader = new StreamReader(typeof(GoldenBytesSpec).Assembly.GetManifestResourceStream("golden-bytes.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Length > 0) yield return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
