using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Reports;
using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers.Tests.Reports;

public sealed class ComparisonTableSpec
{
    private static readonly string Key = new('k', 32);
    private readonly Results _results = new(_ => { });
    private readonly Contender[] _contenders = [new AkkaSocketsContender(Key, new Dictionary<string, string>()), new SignalRContender(Key), new FloorContender()];

    [Fact]
    public void A_row_has_the_medians_and_what_ours_is_as_a_part_of_each_peers()
    {
        foreach (var value in (double[])[1_000, 9_000, 2_000]) _results.Add("akkasockets", Metrics.Accepts, value);
        _results.Add("signalr", Metrics.Accepts, 1_000);
        Assert.Equal("| accepts/s | 2,000 | 1,000 | – | 2.00 × | |", Row("idle", "accepts/s"));
    }

    [Fact]
    public void What_others_can_not_do_is_compared_with_what_they_do_instead_and_the_reason_is_told_once()
    {
        _results.Add("akkasockets", Metrics.DurableHighest, 500);
        _results.Add("signalr", Metrics.UnicastHighest, 250);
        _results.CanNot(_contenders[1], "durable", "keeps nothing");
        Assert.Equal("| highest rate that holds, messages/s | 500 | – [1] | – | 2.00 × | |", Row("durable", "highest rate"));
        Assert.Single(Render("durable").Split('\n'), line => line.StartsWith("[1] SignalR + Redis: keeps nothing.", StringComparison.Ordinal));
    }

    [Fact]
    public void All_lines_of_the_table_are_of_one_length()
    {
        _results.Add("akkasockets", Metrics.BytesPerSocket, 12_345);
        Assert.Single(Render("idle").Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Length).Distinct());
    }

    [Fact]
    public void The_rates_are_those_that_were_measured()
    {
        Assert.Contains("2,000/s: p50", Render("unicast"));
        Assert.Contains("| 100/s: p50", new ComparisonTable(_results, _contenders, ["unicast"], Sizes.Short).Render());
    }

    private string Render(string scenario) => new ComparisonTable(_results, _contenders, [scenario], Sizes.Full).Render();

    private string Row(string scenario, string name)
    {
        var row = Assert.Single(Render(scenario).Split('\n'), line => line.StartsWith($"| {name}", StringComparison.Ordinal));
        return string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
