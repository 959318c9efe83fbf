namespace AkkaSockets.Persistence.Redis.Tests;

public class RedisServerReportSpec
{
    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("allkeys-lfu")]
    [InlineData("allkeys-random")]
    [InlineData("volatile-lru")]
    [InlineData("volatile-lfu")]
    [InlineData("volatile-random")]
    [InlineData("volatile-ttl")]
    public void Every_policy_that_evicts_is_refused_by_its_name(string policy)
    {
        var refusal = new RedisServerReport("redis:6379", policy, true, "always").Refusal;
        Assert.Contains($"maxmemory-policy {policy}", refusal);
        Assert.Contains("redis:6379", refusal);
    }

    [Fact]
    public void A_server_that_keeps_everything_is_not_warned_about()
    {
        var report = new RedisServerReport("redis:6379", "noeviction", true, "always");
        Assert.Null(report.Refusal);
        Assert.Empty(report.Warnings);
    }

    [Theory]
    [InlineData(false, null, "no append-only file")]
    [InlineData(false, "everysec", "no append-only file")]
    [InlineData(true, "everysec", "about a second")]
    [InlineData(true, "no", "appendfsync no")]
    [InlineData(true, null, "does not tell its appendfsync")]
    [InlineData(null, null, "does not tell whether")]
    public void What_a_restart_or_power_cut_can_cost_is_said(bool? appendOnly, string? appendFsync, string said)
    {
        var report = new RedisServerReport("redis:6379", "noeviction", appendOnly, appendFsync);
        Assert.Contains(said, Assert.Single(report.Warnings));
    }

    [Fact]
    public void A_server_that_tells_nothing_is_used_with_warnings()
    {
        var report = new RedisServerReport("redis:6379", null, null, null);
        Assert.Null(report.Refusal);
        Assert.Equal(2, report.Warnings.Count());
    }
}
