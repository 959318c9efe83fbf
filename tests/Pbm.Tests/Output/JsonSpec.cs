using System.Text.Json;
using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests.Output;

public sealed class JsonSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync();

    public async Task DisposeAsync() => await _member.DisposeAsync();

    [Fact]
    public async Task A_table_is_an_array_of_typed_objects() => Assert.Equal(
        """{"things":[{"text":"a \"b\"","number":7,"flag":true,"at":"2026-09-21T14:13:20.123Z","list":["x","y"],"nothing":null},{"text":"Zoë\u001B[31m","number":-1234567890123,"flag":false,"at":"1970-01-01T00:00:00.000Z","list":[],"nothing":""}],"notes":["A note."]}""",
        (await _member.PbmAsync("test", "rows", "--json")).Out.Trim());

    [Fact]
    public async Task One_things_properties_are_the_documents_own() =>
        Assert.Equal("""{"name":"a thing","memoryBytes":170900000,"isGood":true,"unknown":null}""", (await _member.PbmAsync("test", "props", "--json")).Out.Trim());

    [Fact]
    public async Task Who_was_silent_is_in_the_document()
    {
        var run = await _member.PbmAsync("test", "silent", "--json");

        Assert.Equal("""{"nodes":[{"node":"node-1"}],"silent":["node-2"]}""", run.Out.Trim());
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task For_a_person_it_is_indented()
    {
        var run = await PbmRun.OfAsync([_member.Address, "test", "props", "--json"], isPiped: false);

        Assert.Equal("a thing", JsonDocument.Parse(run.Out).RootElement.GetProperty("name").GetString());
        Assert.True(run.Lines.Count > 4);
    }
}
