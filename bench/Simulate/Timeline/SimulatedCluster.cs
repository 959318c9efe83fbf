using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Simulate.Timeline;

/// <summary>
/// Nodes, shards and clients over time. Users and sockets are so many that they are counted, not kept one by one: a shard has an even share of the users,
/// and a user's socket is anywhere, as a balancer puts it.
/// </summary>
internal sealed class SimulatedCluster
{
    private readonly TimelineOptions _options;
    private readonly SimulatedTime _time = new();
    private readonly List<Member> _members;
    private readonly SimulatedShards _shards;
    private readonly Returning _told;
    private readonly Returning _cut;

    public SimulatedCluster(TimelineOptions options, bool placesByVersion = false)
    {
        _options = options;
        _members = [.. Changes.Names(options.Nodes).Select(name => new Member(name) { Sockets = options.Sockets / options.Nodes })];
        _shards = new SimulatedShards(options, _time, [.. _members.Select(member => member.Name)], placesByVersion);
        (_told, _cut) = (new Returning(options.Step), new Returning(options.Step));
    }

    public double Seconds => _time.Seconds;

    public SimulatedShards Shards => _shards;

    public double Told { get; private set; }

    public double Cut { get; private set; }

    public double Away => Math.Max(0, _cut.Count);

    public double Imbalance
    {
        get
        {
            var open = _members.FindAll(member => member.IsOpen);
            return open.Max(member => member.Sockets) / open.Average(member => member.Sockets);
        }
    }

    /// <summary>Less than one client is on its way, or will be.</summary>
    public bool IsSettled => _shards.IsPlaced && _told.Count + _cut.Count + _members.Sum(member => member.ToTell) < 1;

    public void Join(string name)
    {
        _members.Add(new Member(name));
        _shards.Joined(name);
    }

    public void Kill(IReadOnlyCollection<string> names)
    {
        foreach (var member in _members.FindAll(member => names.Contains(member.Name))) Break(member, _cut.Broken);
        _members.RemoveAll(member => names.Contains(member.Name));
    }

    /// <summary>Every socket is closed at once.</summary>
    public void CloseAll() => _members.ForEach(member => Break(member, _cut.Closed));

    public void Drain(string name)
    {
        var member = Find(name);
        (member.IsOpen, member.ToTell) = (false, member.Sockets);
        // As DrainRoutine has it: in half of the deadline all have been told.
        member.DrainPace = member.Sockets / (_options.Drain.Deadline / 2).TotalSeconds;
        _shards.Drains(name);
    }

    /// <summary>Whether a draining node has neither sockets nor shards.</summary>
    public bool IsEmpty(string name) => Find(name).Sockets < 1 && !_shards.Has(name);

    public void Remove(string name) => _members.Remove(Find(name));

    /// <summary>The most that one node took since this was last asked.</summary>
    public double TakeBusiest()
    {
        var busiest = _members.Max(member => member.Accepted);
        _members.ForEach(member => member.Accepted = 0);
        return busiest;
    }

    /// <returns>Frames sent, sockets accepted, knocks refused.</returns>
    public (double Frames, double Accepted, double Refused) Step()
    {
        _time.Advance(_options.Step);
        foreach (var (from, to) in _shards.Step()) Tell(from, to);
        var frames = _members.Sum(Send);
        foreach (var member in _members) member.Tokens = Math.Min(_options.Limits.AcceptPerSecond, member.Tokens + (_options.Limits.AcceptPerSecond * _options.Step.TotalSeconds));
        var (told, cut) = (_told.Next(), _cut.Next());
        var knocking = told.Sum() + cut.Sum();
        var refused = Balancer.Admit(_members, knocking);
        Return(_told, told, refused / knocking);
        Return(_cut, cut, refused / knocking);
        return (frames, knocking - refused, refused);
    }

    // Who moved away from a node that leaves is not told, unless the socket is there: and there all are told.
    private void Tell(string from, string to)
    {
        if (_members.Find(member => member.Name == from) is not { IsOpen: true }) return;
        var (users, all) = (_options.Sockets / _options.Shards, _members.Sum(member => member.Sockets));
        foreach (var member in _members.Where(member => member.IsOpen && member.Name != to))
            member.ToTell = Math.Min(member.Sockets, member.ToTell + (users * member.Sockets / all));
    }

    private double Send(Member member)
    {
        if (member.ToTell <= 0) return 0;
        var others = _members.Count(other => other.IsOpen && other != member);
        var pace = Math.Max(member.DrainPace, ReconnectPacer.Pace(_options.Reconnect, _options.Limits, others));
        var sent = Math.Min(member.ToTell, pace * _options.Step.TotalSeconds);
        (member.ToTell, member.Sockets) = (member.ToTell - sent, member.Sockets - sent);
        Told += sent;
        // delayMs is jitter of up to 2 s (CONTRACT.md, reconnect).
        _told.Add(sent, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        return sent;
    }

    private void Break(Member member, Action<double> comeBack)
    {
        Cut += member.Sockets;
        comeBack(member.Sockets);
        (member.Sockets, member.ToTell) = (0, 0);
    }

    private static void Return(Returning to, double[] knocking, double refusedShare)
    {
        for (var attempt = 0; attempt < knocking.Length; attempt++)
        {
            if (knocking[attempt] > 0 && refusedShare > 0) to.Refused(knocking[attempt] * refusedShare, attempt);
        }
    }

    private Member Find(string name) => _members.Find(member => member.Name == name)!;
}
