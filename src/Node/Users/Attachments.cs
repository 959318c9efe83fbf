using System.Collections;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Users;

/// <summary>The socket handlers attached to a user, one for each socket: nearly always one, so that a list is smaller than a dictionary, and quicker.</summary>
internal sealed class Attachments : IReadOnlyCollection<Attachment>
{
    private readonly List<Attachment> _all = new(1);

    public int Count => _all.Count;

    public Attachment? Find(SocketId socket) => _all.Find(attachment => attachment.Socket.Id == socket);

    /// <summary>Adds it, in the place of an earlier one of its socket.</summary>
    public void Set(Attachment attachment)
    {
        var index = IndexOf(attachment.Socket.Id);
        if (index < 0) _all.Add(attachment);
        else _all[index] = attachment;
    }

    /// <returns>The one that was there, or null.</returns>
    public Attachment? Remove(SocketId socket)
    {
        var index = IndexOf(socket);
        if (index < 0) return null;
        var removed = _all[index];
        _all.RemoveAt(index);
        return removed;
    }

    public List<Attachment>.Enumerator GetEnumerator() => _all.GetEnumerator();

    IEnumerator<Attachment> IEnumerable<Attachment>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(SocketId socket) => _all.FindIndex(attachment => attachment.Socket.Id == socket);
}
