using Akka.Configuration;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Membership;

namespace AkkaSockets.Node.Tests.Membership;

public sealed class DetectionSpec
{
    // How often a member looks whether the others are stable: Akka's own, and not to be set.
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    private static readonly Config Written = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "akka.hocon")));

    [Theory]
    [InlineData(ClusterMemberOptions.Steady, 7, 9)]
    [InlineData(ClusterMemberOptions.Quick, 3, 5)]
    public void A_silent_member_is_given_up_within_this_time(string detection, int least, int most)
    {
        var (pause, heartbeat, stable) = TimesOf(detection);
        Assert.InRange(pause + stable, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
        // Until the first of the others has noticed, all have, and the last look was just before.
        Assert.InRange(pause + (2 * heartbeat) + stable + LooksEvery, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
    }

    /// <summary>Else two nodes write for one user until the store refuses one of them.</summary>
    [Theory]
    [InlineData(ClusterMemberOptions.Steady)]
    [InlineData(ClusterMemberOptions.Quick)]
    public void Who_is_cut_off_stops_writing_before_it_is_given_up(string detection)
    {
        var (pause, heartbeat, stable) = TimesOf(detection);
        // HearingActor has an answer be worth this pause, from when it was asked for; the others count theirs from the last heartbeat that they heard, one interval before the cut at the most.
        var (writesUntil, givenUpFrom) = (pause, pause - heartbeat + stable);
        Assert.True(givenUpFrom - writesUntil >= TimeSpan.FromMilliseconds(500), $"{givenUpFrom - writesUntil} between them");
    }

    [Theory]
    [InlineData(ClusterMemberOptions.Steady)]
    [InlineData(ClusterMemberOptions.Quick)]
    public void Several_heartbeats_may_be_lost(string detection)
    {
        var (pause, heartbeat, stable) = TimesOf(detection);
        Assert.True(pause >= 4 * heartbeat);
        // What the others see has to have reached everybody by then.
        Assert.True(stable >= 4 * Of(detection).GetTimeSpan("akka.cluster.gossip-interval"));
    }

    private static (TimeSpan Pause, TimeSpan Heartbeat, TimeSpan Stable) TimesOf(string detection)
    {
        var cluster = Of(detection).GetConfig("akka.cluster");
        return (
            cluster.GetTimeSpan("failure-detector.acceptable-heartbeat-pause"), cluster.GetTimeSpan("failure-detector.heartbeat-interval"),
            cluster.GetTimeSpan("split-brain-resolver.stable-after"));
    }

    private static Config Of(string detection) => ConfigurationFactory.ParseString(Detection.HoconOf(detection)).WithFallback(Written);
}
