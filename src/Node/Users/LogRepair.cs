using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>What to journal first into a log that came back from the store with less than is known of it. Pure.</summary>
internal static class LogRepair
{
    /// <summary>
    /// The messages that it lacks, as they were, where all of them are known: then nobody notices. Else another life begins (<paramref name="newEpoch"/>), which tells
    /// every client that had seen more. Nothing where nothing is missing.
    /// </summary>
    public static IReadOnlyList<IUserEvent> Decide(UserLog log, KnownLog known, string newEpoch)
    {
        if (known.Epoch.Length == 0) return [];
        var missing = known.Recent.Where(message => message.Seq > log.Head).ToList();
        if (log.Head + missing.Count < known.Head || !IsRun(missing, log.Head) || !IsSameLife(log, known))
            return log.Head < known.Head ? [new EpochBegan(newEpoch)] : [];

        List<IUserEvent> events = [];
        if (log.Epoch.Length == 0) events.Add(new EpochBegan(known.Epoch));
        events.AddRange(missing.Select(message => new MessageAppended(message.Seq, message.Id, message.From, message.Timestamp, message.Data)));
        // A device that lost its cursor would acknowledge in vain. One too low costs it nothing: it goes by its own seq.
        events.AddRange(known.Opened.Where(device => !log.Knows(device)).Distinct().Select(device => new DeviceAdded(new Cursor(device, log.First - 1, DeviceCursors.Connected))));
        return events;
    }

    private static bool IsRun(List<LogMessage> messages, long after) => messages.Select((message, i) => message.Seq == after + 1 + i).All(isNext => isNext);

    /// <summary>Another owner may have gone on from the shorter log: what both have must be the same.</summary>
    private static bool IsSameLife(UserLog log, KnownLog known) =>
        log.Epoch.Length == 0
            ? log.Head == 0
            : log.Epoch == known.Epoch && known.Recent.Where(message => message.Seq >= log.First && message.Seq <= log.Head).All(message => log.Read(message.Seq - 1, 0)[0].Id == message.Id);
}
