namespace AkkaSockets.Simulate.Timeline;

/// <summary>Plays a change.</summary>
internal sealed class Timelines(TimelineOptions options, bool placesByVersion)
{
    private readonly SimulatedCluster _cluster = new(options, placesByVersion);
    private readonly List<Moment> _moments = [];
    private double _placedAfter;

    public static TimelineResult Run(TimelineOptions options, Change change, Policy policy)
    {
        if (policy != Policy.MigratedByVersion) return new Timelines(options, placesByVersion: false).Run(change, policy);
        // The version says when a deploy is over, and no time.
        var untimed = options with { Sharding = new() { SettleMs = options.Sharding.SettleMs, RolloutMs = options.Sharding.SettleMs } };
        return new Timelines(untimed, placesByVersion: true).Run(change, policy);
    }

    private TimelineResult Run(Change change, Policy policy)
    {
        var names = Changes.Names(options.Nodes);
        if (policy == Policy.Everybody) _cluster.CloseAll();
        switch (change)
        {
            case Change.RollingDeploy:
                foreach (var name in names.Reverse()) Replace(name);
                break;
            case Change.OneJoins or Change.HalfJoins:
                foreach (var name in change.Memberships(options.Nodes).Last().Except(names)) _cluster.Join(name);
                break;
            default:
                var dead = names.Except(change.Memberships(options.Nodes).Last()).ToArray();
                _cluster.Kill(dead);
                Until(() => _cluster.Seconds >= options.Detection.TotalSeconds);
                _cluster.Shards.Died(dead);
                break;
        }
        Until(() => _cluster.Shards.IsPlaced);
        _placedAfter = _cluster.Seconds;
        var isSettled = Until(() => _cluster.IsSettled);
        return new TimelineResult(change, policy, _moments, options.Sockets, _cluster.Told, _cluster.Cut, _cluster.Shards.Moved, _placedAfter, isSettled ? _cluster.Seconds : null);
    }

    /// <summary>As a StatefulSet replaces a pod: the next one goes as soon as this one is ready.</summary>
    private void Replace(string name)
    {
        _cluster.Drain(name);
        Until(() => _cluster.IsEmpty(name));
        _cluster.Remove(name);
        var back = _cluster.Seconds + options.Restart.TotalSeconds;
        Until(() => _cluster.Seconds >= back);
        _cluster.Join(name);
    }

    private bool Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            if (_cluster.Seconds >= options.Limit.TotalSeconds) return false;
            Second();
        }
        return true;
    }

    private void Second()
    {
        double frames = 0, accepted = 0, refused = 0;
        for (var steps = TimeSpan.FromSeconds(1) / options.Step; steps > 0; steps--)
        {
            var step = _cluster.Step();
            (frames, accepted, refused) = (frames + step.Frames, accepted + step.Accepted, refused + step.Refused);
        }
        _moments.Add(new Moment(_cluster.Seconds, frames, accepted, _cluster.TakeBusiest(), refused, _cluster.Away, _cluster.Imbalance));
    }
}
