using System.Text.Json;

namespace AkkaSockets.Node.Tests.Api;

public sealed class PublishingALargeBatchSpec : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_array_of_megabytes_arrives_whole()
    {
        var message = $$"""{"user":"a","data":"{{new string('x', 60_000)}}"}""";

        var outcomes = await ApiHost.JsonOf(await _host.PostAsync("/api/messages", $"[{string.Join(',', Enumerable.Repeat(message, 100))}]"));

        Assert.Equal(100, outcomes.GetArrayLength());
        Assert.All(_host.Users.Sent, sent => Assert.Equal(60_002, sent.Data.Length));
    }

    [Fact]
    public async Task Whoever_writes_all_lines_before_reading_an_outcome_is_not_waited_for()
    {
        const int Count = 40_000;
        var lines = Enumerable.Range(0, Count).Select(n => $$"""{"user":"u{{n % 100}}","data":{{n}},"id":"m{{n}}"}""");

        // HttpClient reads nothing of the answer before its whole request is sent.
        var response = await _host.PostAsync("/api/messages", string.Join('\n', lines), "application/x-ndjson");

        var outcomes = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Count, outcomes.Length);
        Assert.Equal($"m{Count - 1}", JsonDocument.Parse(outcomes[^1]).RootElement.GetProperty("id").GetString());
    }
}
