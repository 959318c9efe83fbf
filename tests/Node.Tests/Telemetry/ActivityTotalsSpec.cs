using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Tests.Telemetry;

/// <summary>The meters are the process's, so other tests may count at the same time: what is counted here is told by what it is more.</summary>
public sealed class ActivityTotalsSpec
{
    [Fact]
    public void What_is_counted_after_it_was_made_is_in_the_totals()
    {
        using var totals = new ActivityTotals();
        var before = totals.Read(null);

        for (var i = 0; i < 1000; i++)
        {
            NodeMeters.Count(ephemeral: i % 2 == 0, "accepted");
            NodeMeters.Count(ephemeral: false, "unavailable");
            NodeMeters.Deliveries.Add(1);
            NodeMeters.ReconnectFrames.Add(1, new KeyValuePair<string, object?>("reason", "drain"));
            NodeMeters.Closes.Add(1, new KeyValuePair<string, object?>("code", 1000));
        }
        NodeMeters.Count(ephemeral: false, "duplicate");
        NodeMeters.Count(ephemeral: false, "refused");
        NodeMeters.ReconnectPending.Add(1000);
        NodeMeters.OutboxBytes.Add(1_000_000);
        var after = totals.Read(drainEndsAt: 7);
        NodeMeters.ReconnectPending.Add(-1000);
        NodeMeters.OutboxBytes.Add(-1_000_000);

        Assert.InRange(after.Accepted - before.Accepted, 1000, 1999);
        Assert.InRange(after.Unavailable - before.Unavailable, 1000, 1999);
        Assert.InRange(after.Deliveries - before.Deliveries, 1000, 1999);
        Assert.InRange(after.Reconnects - before.Reconnects, 1000, 1999);
        Assert.InRange(after.Closes - before.Closes, 1000, 1999);
        Assert.InRange(after.ReconnectsPending, 500, 1500);
        Assert.InRange(after.OutboxBytes, 500_000, 1_500_000);
        Assert.Equal(7, after.DrainEndsAt);
    }
}
