using System.Net;
using System.Text.Json;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Api;

namespace AkkaSockets.Node.Tests.Api;

public sealed class PublishingABatchSpec : IAsyncLifetime
{
    private const string Ndjson = "application/x-ndjson";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(
        limits: new ApiLimits { PublishesPerBatch = 8, BatchMessages = 2000, NdjsonBytes = 1_000_000 },
        deadlineMs: 5000);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_array_is_answered_with_an_array()
    {
        var response = await _host.PostAsync("/api/messages", """ [ {"user":"a","data":1,"id":"m1"} , {"user":"b","data":[2, 3],"ephemeral":true} ] """);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""[{"status":201,"id":"m1","seq":1,"dup":false},{"status":200,"sockets":2}]""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(Ndjson)]
    [InlineData("application/jsonl")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Lines_are_answered_with_lines(string mediaType)
    {
        var response = await _host.PostAsync("/api/messages", "{\"user\":\"a\",\"data\":1,\"id\":\"m1\"}\r\n\n{\"user\":\"b\",\"data\":[2, 3],\"ephemeral\":true}", mediaType);

        Assert.Equal(Ndjson, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("{\"status\":201,\"id\":\"m1\",\"seq\":1,\"dup\":false}\n{\"status\":200,\"sockets\":2}\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("[]", "application/json", "[]")]
    [InlineData("", Ndjson, "")]
    [InlineData(" \n\n", Ndjson, "")]
    public async Task An_empty_batch_has_no_outcomes(string body, string mediaType, string answer)
    {
        var response = await _host.PostAsync("/api/messages", body, mediaType);

        Assert.Equal((HttpStatusCode.OK, answer), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_bad_line_in_the_middle_is_answered_in_its_place_and_stops_nothing()
    {
        var long1 = new string('x', 70_000);
        var lines = new[]
        {
            """{"user":"a","data":1}""", "not json", """{"user":"a b","data":1,"id":"u"}""", """{"data":1}""", """{"user":"a"}""",
            $$"""{"user":"a","data":"{{long1}}"}""", $$"""{"user":"a","data":"{{long1[..65_600]}}","id":"l"}""",
            """{"user":"a","data":1,"id":"m"}""", """{"user":"a","data":2,"id":"m"}""", "[]", """{"user":"a","data":3}""",
        };

        var outcomes = await PublishLinesAsync(lines);

        Assert.Equal([201, 400, 400, 400, 400, 413, 413, 201, 422, 400, 201], outcomes.Select(StatusOf));
        Assert.Equal("u", outcomes[2].GetProperty("id").GetString());
        Assert.Equal("l", outcomes[6].GetProperty("id").GetString());
        Assert.All(outcomes.Where(outcome => StatusOf(outcome) >= 400), outcome => Assert.NotEmpty(outcome.GetProperty("detail").GetString()!));
    }

    [Fact]
    public async Task One_users_messages_are_sent_one_after_the_other_while_others_go_on()
    {
        var held = new TaskCompletionSource();
        _host.Users.Answer = async command =>
        {
            if (command is SendMessage { User.Value: "slow" }) await held.Task;
            return _host.Users.AnswerAsUser(command);
        };
        var lines = Enumerable.Range(1, 6).SelectMany(n => new[] { Line("slow", n), Line($"u{n}", n) }).Take(9).ToArray();

        var publishing = PublishLinesAsync(lines);
        await Wait.UntilAsync(() => _host.Users.Sent.Count() == 5);
        Assert.Single(_host.Users.Sent, sent => sent.User.Value == "slow");
        held.SetResult();

        Assert.All(await publishing, outcome => Assert.Equal(201, StatusOf(outcome)));
        Assert.Equal([1, 2, 3, 4, 5], _host.Users.Sent.Where(sent => sent.User.Value == "slow").Select(NumberOf));
    }

    [Fact]
    public async Task Many_messages_keep_their_order_for_each_user_and_their_outcomes_the_batchs()
    {
        _host.Users.Answer = async command =>
        {
            await Task.Yield();
            return _host.Users.AnswerAsUser(command);
        };
        var lines = Enumerable.Range(0, 1500).Select(n => Line($"u{n % 7}", n)).ToArray();

        var outcomes = await PublishLinesAsync(lines);

        Assert.All(outcomes, outcome => Assert.True(StatusOf(outcome) == 201, outcome.GetRawText()));
        Assert.Equal(Enumerable.Range(0, 1500).Select(n => $"m{n}"), outcomes.Select(outcome => outcome.GetProperty("id").GetString()!));
        Assert.Equal(Enumerable.Range(0, 1500).Select(n => (n / 7) + 1), outcomes.Select(outcome => outcome.GetProperty("seq").GetInt32()));
        foreach (var user in _host.Users.Sent.GroupBy(sent => sent.User)) Assert.Equal(user.Select(NumberOf).Order(), user.Select(NumberOf));
    }

    [Fact]
    public async Task After_a_message_of_unknown_fate_the_users_later_ones_are_not_tried()
    {
        _host.Users.Answer = command => Task.FromResult<object?>(command is SendMessage { User.Value: "a", Id.Value: "m2" } ? null : _host.Users.AnswerAsUser(command));

        var outcomes = await PublishLinesAsync(
            [Line("a", 1), Line("a", 2), Line("a", 3), Line("b", 4), """{"user":"a","data":5,"ephemeral":true}"""]);

        Assert.Equal([201, 503, 503, 201, 200], outcomes.Select(StatusOf));
        Assert.Equal(["unavailable", "not-tried"], outcomes.Skip(1).Take(2).Select(outcome => outcome.GetProperty("code").GetString()!));
        Assert.DoesNotContain(_host.Users.Sent, sent => sent.Id.Value == "m3");
    }

    [Fact]
    public async Task A_fault_of_our_own_is_the_outcome_of_its_message_only()
    {
        _host.Users.Answer = command => Task.FromResult<object?>(command.User.Value == "a" ? new SocketsTold(1) : _host.Users.AnswerAsUser(command));

        Assert.Equal([500, 201], (await PublishLinesAsync([Line("a", 1), Line("b", 2)])).Select(StatusOf));
    }

    [Theory]
    [InlineData(2001, 2000, "too-many")]
    [InlineData(1990, 1990, null)]
    public async Task A_batch_of_lines_is_answered_for_as_far_as_it_was_read(int count, int stored, string? last)
    {
        var outcomes = await PublishLinesAsync([.. Enumerable.Range(0, count).Select(n => Line($"u{n}", n))]);

        Assert.Equal(stored, outcomes.Count(outcome => StatusOf(outcome) == 201));
        if (last is not null) Assert.Equal(last, outcomes[^1].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_batch_of_lines_that_tells_no_length_ends_where_it_is_too_long()
    {
        var line = $$"""{"user":"a","data":"{{new string('x', 60_000)}}"}""" + "\n";
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(string.Concat(Enumerable.Repeat(line, 20)), null, Ndjson) };
        request.Headers.TransferEncodingChunked = true;

        var outcomes = LinesOf(await (await _host.Api.SendAsync(request)).Content.ReadAsStringAsync());

        Assert.Equal((413, "too-large"), (StatusOf(outcomes[^1]), outcomes[^1].GetProperty("code").GetString()));
        Assert.All(outcomes[..^1], outcome => Assert.Equal(201, StatusOf(outcome)));
        Assert.Equal(outcomes.Length - 1, _host.Users.Sent.Count());
    }

    [Fact]
    public async Task Lines_are_answered_before_the_next_is_sent()
    {
        await using var request = await LiveRequest.PostAsync(_host.Api.BaseAddress!, "/api/messages", Ndjson);

        await request.WriteAsync(Line("a", 1) + "\n" + Line("a", 2)[..10]);
        Assert.Equal("""{"status":201,"id":"m1","seq":1,"dup":false}""", await request.ReadOutcomeAsync());
        await request.WriteAsync(Line("a", 2)[10..]);
        await request.EndAsync();

        Assert.Equal("""{"status":201,"id":"m2","seq":2,"dup":false}""", await request.ReadOutcomeAsync());
        Assert.Null(await request.ReadOutcomeAsync());
    }

    private static string Line(string user, int number) => $$"""{"user":"{{user}}","data":{{number}},"id":"m{{number}}"}""";

    private static int NumberOf(SendMessage sent) => JsonSerializer.Deserialize<int>(sent.Data.Utf8.Span);

    private static int StatusOf(JsonElement outcome) => outcome.GetProperty("status").GetInt32();

    private static JsonElement[] LinesOf(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private async Task<JsonElement[]> PublishLinesAsync(string[] lines)
    {
        var response = await _host.PostAsync("/api/messages", string.Join('\n', lines), Ndjson);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return LinesOf(await response.Content.ReadAsStringAsync());
    }
}
