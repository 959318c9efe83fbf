using System.Globalization;
using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Telemetry;

/// <summary>What <c>k8s/base</c> and <c>compose.yaml</c> set, on a real node.</summary>
public sealed class LoggingAsDeployedSpec(ITestOutputHelper log)
{
    private static readonly string Folder = Path.GetDirectoryName(HaproxyProcess.ConfigurationOfKubernetes)!;

    private static readonly (string Key, object? Value)[] Settings =
    [
        .. File.ReadAllLines(Path.Combine(Folder, "node.env")).Where(line => line.StartsWith("Logging__", StringComparison.Ordinal))
            .Select(line => line.Split('=', 2)).Select(parts => (parts[0], (object?)parts[1])),
    ];

    [Fact]
    public async Task Each_line_is_an_event_with_its_id_and_a_time_in_UTC()
    {
        Assert.NotEmpty(Settings);
        var from = DateTimeOffset.UtcNow.AddSeconds(-1);
        await using var node = await NodeProcess.StartAsync(log, Settings);
        await Eventually.TrueAsync(() => node.Output.Text.Contains("The journal answers", StringComparison.Ordinal), "the journal's answer is logged");

        var events = node.Output.Text.Split(Environment.NewLine).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(events, one => one.GetProperty("EventId").GetInt32() == 1 && one.Text("Message").Contains("takes clients at", StringComparison.Ordinal));
        Assert.All(events, one =>
        {
            Assert.EndsWith("Z", one.Text("Timestamp"), StringComparison.Ordinal);
            Assert.InRange(DateTimeOffset.Parse(one.Text("Timestamp"), CultureInfo.InvariantCulture), from, DateTimeOffset.UtcNow.AddSeconds(1));
            Assert.NotEmpty(one.Text("LogLevel"));
            Assert.NotEmpty(one.Text("Category"));
        });
    }

    [Theory]
    [InlineData("lighthouse.yaml")]
    [InlineData("../../compose.yaml")]
    public void The_other_members_do_as_the_nodes_of_k8s(string file)
    {
        var words = File.ReadAllText(Path.Combine(Folder, file)).Split([' ', '\n', '"'], StringSplitOptions.RemoveEmptyEntries);

        Assert.All(Settings, setting =>
        {
            var at = Array.FindIndex(words, word => word.TrimEnd(':') == setting.Key);
            Assert.Equal(setting.Value, words.Skip(at + 1).First(word => word != "value:"));
        });
    }
}
