using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Cluster.Tests;

/// <summary>
/// A device as docs/protocol.md wants it: told to reconnect it opens another socket, resumes, and leaves the old one when the new one is ready. It drops what is not
/// above its last seq.
/// </summary>
internal sealed class TestClient
{
    private readonly Func<string?, TestNode> _next;
    private readonly string _device;
    private readonly CancellationToken _stop;

    /// <param name="first">Where it connects.</param>
    /// <param name="next">Where it is let in when it comes back: to the URL it was told, where it was told one, else the balancer's choice.</param>
    public TestClient(string user, TestNode first, Func<string?, TestNode> next, CancellationToken stop, string device = "phone")
    {
        (_next, _device, _stop) = (next, device, stop);
        Sockets = [first.Open(user, device)];
        _ = FollowAsync();
    }

    public UserId User => First.User;

    /// <summary>All that it had, the newest last.</summary>
    public IReadOnlyList<TestSocket> Sockets { get; private set; }

    public TestSocket First => Sockets[0];

    public TestSocket Current => Sockets[^1];

    public bool IsReady => Current.Node.Length > 0;

    /// <summary>Every seq in the order it was first seen.</summary>
    public IReadOnlyList<long> Seen
    {
        get
        {
            var seen = new List<long>();
            foreach (var seq in Sockets.SelectMany(socket => socket.Seqs))
            {
                if (seq > seen.LastOrDefault()) seen.Add(seq);
            }
            return seen;
        }
    }

    private async Task FollowAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_stop.IsCancellationRequested)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
            var old = Current;
            if (old.Reconnects.Length == 0 && !old.Web.Closed.Task.IsCompleted) continue;
            Sockets = [.. Sockets, _next(old.Url).Open(User.Value, _device, old.Node.Length > 0 ? old.Position : null)];
            await TestCluster.UntilAsync(() => IsReady || Current.Web.Closed.Task.IsCompleted || _stop.IsCancellationRequested, $"{User} did not get ready");
            await old.CloseAsync();
        }
    }
}
