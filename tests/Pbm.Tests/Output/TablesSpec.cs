using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests.Output;

public sealed class TablesSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync();

    public async Task DisposeAsync() => await _member.DisposeAsync();

    [Fact]
    public async Task In_a_pipe_a_row_is_a_line_of_bare_columns()
    {
        var run = await _member.PbmAsync("test", "rows");

        Assert.Equal(
        [
            ["text", "number", "flag", "at", "list", "nothing"],
            ["a \"b\"", "7", "yes", "2026-09-21 14:13:20Z", "x, y", "-"],
            ["Zoë\uFFFD[31m", "-1234567890123", "no", "1970-01-01 00:00:00Z", "-"],
        ], run.Lines.Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        Assert.Equal("A note.", run.Error.Trim());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task A_table_fits_the_terminal(int width)
    {
        var run = await PbmRun.OfAsync([_member.Address, "test", "rows"], isPiped: false, width: width);

        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(width > 40, run.Out.StartsWith('╭'));
        Assert.Contains("A note.", run.Out, StringComparison.Ordinal);
    }

    /// <summary>What <c>cluster show</c> answered of a real cluster.</summary>
    [Theory]
    [InlineData(60, false)]
    [InlineData(80, false)]
    [InlineData(120, true)]
    public async Task The_members_can_be_read_in_terminals_of_any_width(int width, bool inLines)
    {
        var run = await PbmRun.OfAsync([_member.Address, "test", "members"], isPiped: false, width: width);

        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(inLines, run.Out.StartsWith('╭'));
        foreach (var whole in (string[])["lighthouse", "node-1", "127.0.0.1:24050", "127.0.0.1:24051", "Up", "reachable", "2026-11-24 16:12:31Z"]) Assert.Contains(whole, run.Out, StringComparison.Ordinal);
        foreach (var rest in (string[])["akka.tcp", "shards=", "store="]) Assert.DoesNotContain(rest, run.Out, StringComparison.Ordinal);
        if (!inLines) Assert.Equal(TestPalette.Members, run.Lines.Count(line => line.StartsWith("member ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_reads_JSON_is_told_all()
    {
        var node = (await _member.PbmAsync("test", "members", "--json")).Json.GetProperty("members")[1];

        Assert.Equal("akka.tcp://akkasockets@127.0.0.1:24051", node.GetProperty("address").GetString());
        Assert.Equal(["node", "shards=256", "store=redis"], node.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task Nothing_that_a_name_holds_reaches_the_terminal_as_control() =>
        Assert.DoesNotContain('\u001b', (await PbmRun.OfAsync([_member.Address, "test", "rows"], isPiped: false)).Out);

    [Fact]
    public async Task Properties_of_one_thing_stand_below_each_other()
    {
        var run = await _member.PbmAsync("test", "props");

        Assert.Equal(["name a thing", "memory 170.9 MB", "is good yes", "unknown -"], run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task An_empty_table_says_so()
    {
        var run = await _member.PbmAsync("test", "nothing");

        Assert.Equal(("", "things: none"), (run.Out.Trim(), run.Error.Trim()));
    }

    [Fact]
    public async Task Who_was_silent_is_named_beside_the_answer()
    {
        var run = await _member.PbmAsync("test", "silent");

        Assert.Equal(["node", "node-1"], run.Lines);
        Assert.Equal("node-2 did not answer within 3000 ms: its part is missing.", run.Error.Trim());
    }
}
