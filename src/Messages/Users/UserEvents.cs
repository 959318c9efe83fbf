using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Users;

/// <summary>What happened to one user's log.</summary>
public interface IUserEvent : IStored
{
    /// <summary>What had been waiting to be journaled when this was.</summary>
    Upkeep? Upkeep { get; }
}

/// <summary>A device's cursor: all up to <paramref name="Acked"/> was handled; last seen at <paramref name="SeenAt"/> (Unix ms).</summary>
public sealed record Cursor(DeviceId Device, long Acked, long SeenAt);

/// <summary>
/// Changes that can wait for the next event, or for 5 s: cursors that moved, devices forgotten, and the oldest seq kept from
/// then on.
/// </summary>
public sealed record Upkeep(long First, IReadOnlyList<Cursor> Cursors, IReadOnlyList<DeviceId> Forgotten);

/// <summary>A life of the log begins: its first, or another because its tail was lost. A device that begins with it is among the upkeep's cursors.</summary>
public sealed record EpochBegan(string Epoch, Upkeep? Upkeep = null) : IUserEvent;

/// <summary>
/// A message was appended; <paramref name="Timestamp"/> in Unix ms, <paramref name="From"/> null for a backend. <paramref name="Epoch"/> is set on a log's
/// very first: one event instead of two, since stores take single events many times faster.
/// </summary>
public sealed record MessageAppended(long Seq, MessageId Id, UserId? From, long Timestamp, JsonData Data, Upkeep? Upkeep = null, string? Epoch = null) : IUserEvent;

/// <summary>A device attached that was not known.</summary>
public sealed record DeviceAdded(Cursor Cursor, Upkeep? Upkeep = null) : IUserEvent;

/// <summary>Upkeep that found no other event to go with.</summary>
public sealed record UpkeepDone(Upkeep Upkeep) : IUserEvent;

/// <summary>What suppresses a repeat: the key, the seq it got, when (Unix ms), and a 128-bit hash of the data.</summary>
public sealed record KnownMessage(UserId? From, MessageId Id, long Seq, long Timestamp, UInt128 DataHash);

/// <summary>The log's state at one moment, to recover from.</summary>
public sealed record UserLogSnapshot(
    string Epoch,
    long Head,
    long First,
    IReadOnlyList<LogMessage> Messages,
    IReadOnlyList<Cursor> Cursors,
    IReadOnlyList<KnownMessage> Known) : IStored;
