using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Users;

/// <summary>The (sender, id) keys that repeats are known by: the newest <c>Retention:DedupIds</c>, for <c>Retention:DedupMs</c>.</summary>
internal sealed class KnownMessages(RetentionOptions retention)
{
    private readonly Dictionary<(UserId? From, MessageId Id), KnownMessage> _byKey = [];
    private readonly Queue<KnownMessage> _oldestFirst = new();

    public KnownMessage? Find(UserId? from, MessageId id, long now) =>
        _byKey.TryGetValue((from, id), out var known) && now - known.Timestamp <= retention.DedupMs ? known : null;

    public void Add(KnownMessage message)
    {
        _byKey[(message.From, message.Id)] = message;
        _oldestFirst.Enqueue(message);
        while (_oldestFirst.Count > retention.DedupIds || message.Timestamp - _oldestFirst.Peek().Timestamp > retention.DedupMs)
        {
            var old = _oldestFirst.Dequeue();
            // The same key may have come again after its time was over; the later one stays.
            if (_byKey.TryGetValue((old.From, old.Id), out var kept) && kept.Seq == old.Seq) _byKey.Remove((old.From, old.Id));
        }
    }

    public IReadOnlyList<KnownMessage> All() => [.. _oldestFirst];
}
