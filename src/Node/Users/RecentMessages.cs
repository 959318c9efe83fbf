using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>
/// What was journaled so lately that the store may not have it on disk: with <c>appendfsync everysec</c> a Redis that dies takes a second or two along. Whoever acknowledged it
/// still has it, and writes it again (<see cref="LogRepair"/>). It holds references to what the log in memory holds, too.
/// </summary>
internal sealed class RecentMessages
{
    /// <summary>Longer than Redis puts a write off while its disk is slow (2 s), and the second that it then waits for a sync.</summary>
    public static readonly TimeSpan SettledAfter = TimeSpan.FromSeconds(5);

    /// <summary>Data bytes; what is beyond is as safe as the store makes it.</summary>
    public const int MostBytes = 256 * 1024;

    private readonly Queue<(LogMessage Message, DateTimeOffset At)> _kept = new();
    private int _bytes;

    /// <summary>
    /// A message was stored now. What is older than <see cref="SettledAfter"/> goes: the store takes an event only if it has all before it, so that had either never been lost or
    /// been on disk.
    /// </summary>
    public void Add(LogMessage message, DateTimeOffset now)
    {
        _kept.Enqueue((message, now));
        _bytes += message.Data.Length;
        while (_kept.Count > 0 && (_bytes > MostBytes || now - _kept.Peek().At > SettledAfter)) _bytes -= _kept.Dequeue().Message.Data.Length;
    }

    /// <summary>All of it was found in the store or written again now.</summary>
    public void FoundAt(DateTimeOffset now)
    {
        for (var left = _kept.Count; left > 0; left--) _kept.Enqueue((_kept.Dequeue().Message, now));
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LogMessage> All() => [.. _kept.Select(kept => kept.Message)];
}

/// <summary>What a <see cref="UserActor"/> knows of its user's log while that is not in memory.</summary>
/// <param name="Epoch">Empty when nothing is known.</param>
/// <param name="Head">A seq that was journaled for certain.</param>
/// <param name="Recent">The newest messages, up to <paramref name="Head"/>; see <see cref="RecentMessages"/>.</param>
/// <param name="Opened">The devices attached whose cursors were opened.</param>
internal sealed record KnownLog(string Epoch, long Head, IReadOnlyList<LogMessage> Recent, IReadOnlyList<DeviceId> Opened)
{
    public static readonly KnownLog Nothing = new("", 0, [], []);

    public IReadOnlyList<LogMessage> Recent { get; private set; } = Recent;

    /// <summary>The log has what it needs: an actor's Props, and what they hold, live as long as the actor.</summary>
    public void ForgetMessages() => Recent = [];
}
