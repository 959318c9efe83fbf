using System.Collections.Concurrent;
using System.Collections.Immutable;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// This node's sockets that had their <c>ready</c>, for operators to look at, and what happens to them. Written by the handlers, read from any thread.
/// </summary>
public sealed class SocketDirectory
{
    private readonly ConcurrentDictionary<SocketId, OpenedSocket> _sockets = new();
    private ImmutableList<Action<SocketEvent>> _followers = [];

    /// <summary>All of them, in no order, as they are while it is read.</summary>
    public IEnumerable<OpenedSocket> All => _sockets.Select(socket => socket.Value);

    /// <summary>Calls <paramref name="tell"/> with whatever happens, from a handler's thread, until the result is disposed. It must not block.</summary>
    public IDisposable Follow(Action<SocketEvent> tell)
    {
        ImmutableInterlocked.Update(ref _followers, all => all.Add(tell));
        return new Following(() => ImmutableInterlocked.Update(ref _followers, all => all.Remove(tell)));
    }

    internal void Opened(OpenedSocket socket, DateTimeOffset now)
    {
        _sockets[socket.Id] = socket;
        Tell(socket.Id, SocketEventKind.Opened, now, 0, socket.Owner);
    }

    internal void Moved(SocketId id, string owner)
    {
        if (_sockets.TryGetValue(id, out var socket)) socket.Owner = owner;
    }

    internal void ReconnectSent(SocketId id, string reason, DateTimeOffset now) => Tell(id, SocketEventKind.ReconnectSent, now, 0, reason);

    internal void Closed(SocketId id, int code, DateTimeOffset now)
    {
        Tell(id, SocketEventKind.Closed, now, code, "");
        _sockets.TryRemove(id, out _);
    }

    private void Tell(SocketId id, SocketEventKind kind, DateTimeOffset now, int code, string detail)
    {
        var followers = _followers;
        if (followers.IsEmpty || !_sockets.TryGetValue(id, out var socket)) return;
        var happened = new SocketEvent(now.ToUnixTimeMilliseconds(), kind, id, socket.User, socket.Device, socket.Remote, code, detail);
        foreach (var follower in followers) follower(happened);
    }

    private sealed class Following(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>A socket as the directory has it. <paramref name="acceptedAt"/> is in UTC ticks, growing strictly on one node.</summary>
public sealed class OpenedSocket(SocketId id, UserId user, DeviceId device, string remote, long acceptedAt, string owner)
{
    private volatile string _owner = owner;

    public SocketId Id { get; } = id;

    public UserId User { get; } = user;

    public DeviceId Device { get; } = device;

    public string Remote { get; } = remote;

    public long AcceptedAt { get; } = acceptedAt;

    /// <summary>The node where its user lives.</summary>
    public string Owner
    {
        get => _owner;
        set => _owner = value;
    }
}
