using System.Globalization;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>What a node's <c>/metrics</c> tells.</summary>
internal sealed class MetricsPage
{
    private const string TypeLine = "# TYPE ";

    private readonly Dictionary<string, double> _samples;

    private MetricsPage(string text)
    {
        Text = text;
        var lines = text.Split('\n');
        Types = lines.Where(line => line.StartsWith(TypeLine, StringComparison.Ordinal)).Select(line => line[TypeLine.Length..].Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]);
        _samples = lines.Where(line => line.StartsWith("akkasockets_", StringComparison.Ordinal)).Select(line => line.Split(' '))
            .ToDictionary(parts => WithoutScope(parts[0]), parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public string Text { get; }

    /// <summary>Types by name.</summary>
    public IReadOnlyDictionary<string, string> Types { get; }

    public IReadOnlyCollection<string> Samples => _samples.Keys;

    /// <summary>A sample by its name and labels, <c>name{label=value,label=value}</c>; null where there is none.</summary>
    public double? this[string sample] => _samples.TryGetValue(sample, out var value) ? value : null;

    public static async Task<MetricsPage> ReadAsync(NodeProcess node)
    {
        using var http = new HttpClient { BaseAddress = node.Api, Timeout = Eventually.Generous };
        return new MetricsPage(await http.GetStringAsync("/metrics"));
    }

    /// <summary>Waits until a sample has this value.</summary>
    public static async Task UntilAsync(NodeProcess node, string sample, double value)
    {
        double? seen = null;
        try
        {
            await Eventually.TrueAsync(async () => (seen = (await ReadAsync(node))[sample]) == value, $"{sample} is {value}", TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}, and not {seen}", e);
        }
    }

    private static string WithoutScope(string sample)
    {
        var at = sample.IndexOf('{', StringComparison.Ordinal);
        if (at < 0) return sample;
        var labels = sample[(at + 1)..^1].Split(',').Where(label => !label.StartsWith("otel_scope", StringComparison.Ordinal)).Select(label => label.Replace("\"", "", StringComparison.Ordinal));
        return string.Join(',', labels) is { Length: > 0 } own ? $"{sample[..at]}{{{own}}}" : sample[..at];
    }
}
