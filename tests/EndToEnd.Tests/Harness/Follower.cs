namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A user's device that goes to another node only when a test says so, resumes there, and remembers all that it got.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly List<WatchedSocket> _sockets;

    private Follower(WatchedSocket first) => _sockets = [first];

    public string User => Current.User;

    public WatchedSocket Current => _sockets[^1];

    /// <summary>Each seq in the order in which it came first: clients drop what is not above their last.</summary>
    public IReadOnlyList<long> Seen
    {
        get
        {
            var seen = new List<long>();
            foreach (var seq in _sockets.SelectMany(socket => socket.Seqs))
            {
                if (seq > seen.LastOrDefault()) seen.Add(seq);
            }
            return seen;
        }
    }

    public static async Task<Follower> OpenAsync(NodeProcess on, string user) => new(await WatchedSocket.OpenAsync(on, user, "phone"));

    /// <summary>Opens another socket that goes on where this one is, and then leaves this one.</summary>
    public async Task MoveToAsync(NodeProcess node)
    {
        var former = Current;
        _sockets.Add(await former.ResumeAsync(node));
        await former.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) await socket.DisposeAsync();
    }
}
