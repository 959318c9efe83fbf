using System.Net.ServerSentEvents;
using System.Threading.Channels;
using Akka.Actor;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Page;

/// <summary>
/// Looks at the cluster for all pages that are open on this node, and only while one is or was a moment ago: each member is asked once a second, whatever the number of pages. A
/// silent member keeps nobody waiting.
/// </summary>
internal sealed partial class ClusterWatch(
    ActorSystem system, Members members, PlacementBoard board, IOptions<PlacementOptions> placement, IOptions<ClusterMemberOptions> self, IHostEnvironment environment,
    TimeProvider time, ILogger<ClusterWatch> logger) : IDisposable
{
    /// <summary>Pages that one node serves at a time.</summary>
    public const int MostViewers = 100;

    // A page that reads slowly loses the oldest of what waits: each state is a whole one.
    private const int Waiting = 256;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // A page that is loaded again, or whose connection broke, finds what happened meanwhile.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<Channel<SseItem<object>>> _viewers = [];
    private CancellationTokenSource? _run;
    private ClusterPicture? _picture;
    private ITimer? _end;

    /// <summary>Null where there are <see cref="MostViewers"/> already. Give it back with <see cref="Leave"/>.</summary>
    public Channel<SseItem<object>>? Join()
    {
        lock (_gate)
        {
            if (_viewers.Count >= MostViewers) return null;
            var viewer = Channel.CreateBounded<SseItem<object>>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
            _viewers.Add(viewer);
            _end?.Dispose();
            _end = null;
            if (_run is null)
            {
                _run = new CancellationTokenSource();
                var picture = _picture = new ClusterPicture(placement.Value.Shards, members.Deadline);
                _ = RunAsync(picture, _run.Token);
            }
            var hello = new PageHello(self.Value.NodeName, environment.IsDevelopment(), _picture!.RecentMoves, _picture.RecentReconnects);
            viewer.Writer.TryWrite(new SseItem<object>(hello, "hello"));
            return viewer;
        }
    }

    public void Leave(Channel<SseItem<object>> viewer)
    {
        lock (_gate)
        {
            _viewers.Remove(viewer);
            if (_viewers.Count == 0 && _run is { } run) _end ??= time.CreateTimer(_ => End(run), null, Linger, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>With the node, or when it has lingered.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_run is { } run) Stop(run);
        }
    }

    private void End(CancellationTokenSource run)
    {
        lock (_gate)
        {
            if (_viewers.Count == 0 && _run == run) Stop(run);
        }
    }

    private void Stop(CancellationTokenSource run)
    {
        _end?.Dispose();
        run.Cancel();
        (_run, _picture, _end) = (null, null, null);
    }

    private async Task RunAsync(ClusterPicture picture, CancellationToken stop)
    {
        // Out of the lock that it was started in.
        await Task.Yield();
        await Task.WhenAll(
            GuardAsync(() => LookAsync(picture, stop)),
            GuardAsync(() => FollowAsync(FollowTopic.Shards, news => picture.Take((ShardNews)news).Select(move => new SseItem<object>(move, "move")), stop)),
            GuardAsync(() => FollowAsync(FollowTopic.Sockets, news => picture.Take((SocketNews)news).Select(told => new SseItem<object>(told, "reconnect")), stop))).ConfigureAwait(false);
    }

    private async Task LookAsync(ClusterPicture picture, CancellationToken stop)
    {
        var asked = new Dictionary<Akka.Cluster.UniqueAddress, Task>();
        using var ticks = new PeriodicTimer(Every, time);
        do
        {
            var view = members.State;
            foreach (var done in asked.Where(one => one.Value.IsCompleted).Select(one => one.Key).ToList()) asked.Remove(done);
            foreach (var member in view.Members.Where(member => !asked.ContainsKey(member.UniqueAddress))) asked[member.UniqueAddress] = AskAsync(picture, member, stop);
            // At first, what comes at once.
            await Task.WhenAny(Task.WhenAll(asked.Values), Task.Delay(Every / 4, time, stop)).ConfigureAwait(false);
            var seen = view.Members.Select(member => new SeenMember(
                MemberNames.Of(member), member.Address.ToString(), member.Status.ToString(), view.IsReachable(member), MemberRoles.IsNode(member), view.IsSelf(member),
                board.IsDraining(member.UniqueAddress))).DistinctBy(member => member.Node).ToList();
            Tell(() => [new SseItem<object>(picture.Draw(self.Value.NodeName, seen, board.Placement, board.Paused, time.GetUtcNow()), "state")]);
        }
        while (await ticks.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private Task AskAsync(ClusterPicture picture, Akka.Cluster.Member member, CancellationToken stop) => GuardAsync(async () =>
    {
        if (await members.AskAsync(member, new GetMemberStatus(), stop).ConfigureAwait(false) is not MemberStatus status) return;
        lock (_gate) picture.Take(MemberNames.Of(member), status, time.GetUtcNow());
    });

    private async Task FollowAsync(FollowTopic topic, Func<IAdminReply, IEnumerable<SseItem<object>>> take, CancellationToken stop)
    {
        // Who is silent is seen by its not answering; nothing else is said to this answer.
        using var nobody = new Answer(_ => Task.CompletedTask);
        using var news = new ClusterNews(system, members, topic, MemberRoles.IsNode);
        await foreach (var happened in news.ReadAsync(nobody, stop).ConfigureAwait(false)) Tell(() => take(happened));
    }

    private void Tell(Func<IEnumerable<SseItem<object>>> make)
    {
        lock (_gate)
        {
            foreach (var item in make())
            {
                foreach (var viewer in _viewers) viewer.Writer.TryWrite(item);
            }
        }
    }

    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault);
        }
    }

    [LoggerMessage(5201, LogLevel.Warning, "The cluster page lacks something until it is opened again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
