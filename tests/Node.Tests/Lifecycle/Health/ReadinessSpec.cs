using AkkaSockets.Node.Lifecycle.Health;

namespace AkkaSockets.Node.Tests.Lifecycle.Health;

public sealed class ReadinessSpec
{
    private static readonly HealthFacts Well = new("Up", IsDraining: false, IsRegionStarted: true, HasJournalAnswered: true, IsJournalAnswering: true);

    public static TheoryData<HealthFacts, ReadinessStatus, string[]> Cases => new()
    {
        { Well, ReadinessStatus.Ready, [] },
        { Well with { IsJournalAnswering = false }, ReadinessStatus.Degraded, ["journal"] },
        { Well with { ClusterStatus = null }, ReadinessStatus.Unready, ["cluster"] },
        { Well with { ClusterStatus = "Joining" }, ReadinessStatus.Unready, ["cluster"] },
        { Well with { ClusterStatus = "Leaving" }, ReadinessStatus.Unready, ["cluster"] },
        { Well with { Obstacle = "This node does not hear a majority of the cluster." }, ReadinessStatus.Unready, ["cluster"] },
        { Well with { IsDraining = true }, ReadinessStatus.Unready, ["drain"] },
        { Well with { IsRegionStarted = false }, ReadinessStatus.Unready, ["region"] },
        { Well with { HasJournalAnswered = false, IsJournalAnswering = false }, ReadinessStatus.Unready, ["journal"] },
        { Well with { IsDraining = true, IsJournalAnswering = false }, ReadinessStatus.Unready, ["drain", "journal"] },
        { new HealthFacts(null, true, false, false, false), ReadinessStatus.Unready, ["cluster", "drain", "region", "journal"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Readiness_is_judged_by_the_facts_and_names_what_fails(HealthFacts facts, ReadinessStatus status, string[] failing)
    {
        var readiness = Readiness.Evaluate(facts);

        Assert.Equal(status, readiness.Status);
        Assert.Equal(failing, readiness.Checks.Where(check => !check.Ok).Select(check => check.Name));
        Assert.Equal(["cluster", "drain", "region", "journal"], readiness.Checks.Select(check => check.Name));
    }

    [Fact]
    public void A_journal_that_answered_once_and_stops_makes_the_node_degraded_and_not_unready()
    {
        var health = new NodeHealth(() => "Up", () => true);
        Assert.Equal(ReadinessStatus.Unready, health.Read().Status);
        health.JournalFailed(TimeSpan.Zero);
        Assert.Equal(ReadinessStatus.Unready, health.Read().Status);

        health.JournalAnswered();
        Assert.Equal(ReadinessStatus.Ready, health.Read().Status);
        health.JournalFailed(TimeSpan.Zero);
        Assert.Equal(ReadinessStatus.Degraded, health.Read().Status);
        health.JournalAnswered();
        Assert.Equal(ReadinessStatus.Ready, health.Read().Status);

        health.BeginDraining();
        Assert.Equal(ReadinessStatus.Unready, health.Read().Status);
    }
}
