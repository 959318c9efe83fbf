using System.Text.Json;

namespace AkkaSockets.Node.Tests.Api;

public sealed class OpenApiDocumentSpec : IAsyncLifetime
{
    private ApiHost _host = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _document = await ApiHost.JsonOf(await _host.Clients.GetAsync(new Uri(_host.Api.BaseAddress!, "/openapi/v1.json")));
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/api/users/{user}/messages", "post", "200", "201", "400", "401", "413", "415", "422", "429", "503")]
    [InlineData("/api/messages", "post", "200", "400", "401", "413", "415", "429")]
    [InlineData("/api/users/{user}", "get", "200", "400", "401", "503")]
    [InlineData("/api/users/{user}/connections", "delete", "200", "400", "401", "503")]
    [InlineData("/api/users/{user}/reconnect", "post", "200", "400", "401", "503")]
    [InlineData("/api/cluster", "get", "200", "401")]
    [InlineData("/healthz/ready", "get", "200", "503")]
    [InlineData("/healthz/live", "get", "200")]
    public void Each_operation_has_a_summary_and_a_schema_for_each_answer(string path, string method, params string[] statuses)
    {
        var operation = _document.GetProperty("paths").GetProperty(path).GetProperty(method);

        Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        var responses = operation.GetProperty("responses").EnumerateObject().ToList();
        Assert.Equal(statuses, responses.Select(response => response.Name).Order(StringComparer.Ordinal));
        Assert.All(responses.SelectMany(response => response.Value.GetProperty("content").EnumerateObject()), content =>
            Assert.True(content.Value.GetProperty("schema").EnumerateObject().Any()));
    }

    [Fact]
    public void The_path_its_body_and_its_key_are_described()
    {
        var operation = _document.GetProperty("paths").GetProperty("/api/users/{user}/messages").GetProperty("post");

        Assert.Equal("user", Assert.Single(operation.GetProperty("parameters").EnumerateArray()).GetProperty("name").GetString());
        var body = Resolve(operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"));
        Assert.Equal(["data", "id", "ephemeral"], body.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.True(operation.GetProperty("security")[0].TryGetProperty("key", out _));
        Assert.Equal("bearer", _document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
    }

    [Fact]
    public void A_batch_is_described_in_both_forms()
    {
        var content = _document.GetProperty("paths").GetProperty("/api/messages").GetProperty("post").GetProperty("requestBody").GetProperty("content");

        Assert.Equal("array", Resolve(content.GetProperty("application/json").GetProperty("schema")).GetProperty("type").GetString());
        Assert.Equal("object", Resolve(content.GetProperty("application/x-ndjson").GetProperty("schema")).GetProperty("type").GetString());
    }

    [Fact]
    public void What_is_not_of_this_listener_is_not_in_it() =>
        Assert.All(_document.GetProperty("paths").EnumerateObject(), path => Assert.Matches("^/(api|healthz)/", path.Name));

    private JsonElement Resolve(JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out var reference)) return schema;
        return _document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
    }
}
