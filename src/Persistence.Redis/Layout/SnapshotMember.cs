using Akka.Persistence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AkkaSockets.Persistence.Redis.Layout;

/// <summary>A snapshot to and from the bytes that are its member of the sorted set of snapshots.</summary>
internal sealed class SnapshotMember(PayloadCodec payloads)
{
    /// <exception cref="Exception">The snapshot cannot be serialised.</exception>
    public byte[] Write(SnapshotMetadata metadata, object snapshot) => new SnapshotMessage
    {
        PersistenceId = metadata.PersistenceId,
        SequenceNr = metadata.SequenceNr,
        TimeStamp = Timestamp.FromDateTime(DateTime.SpecifyKind(metadata.Timestamp, DateTimeKind.Utc)),
        Payload = payloads.Write(snapshot),
    }.ToByteArray();

    /// <summary>When the snapshot was taken, UTC, without touching what it holds.</summary>
    /// <exception cref="RedisStoreException">The bytes are no snapshot.</exception>
    public static DateTime ReadTimestamp(byte[] member, string? key) => TakenAt(Parse(member, key));

    /// <exception cref="RedisStoreException">The bytes are no snapshot, or its object cannot be deserialised.</exception>
    public SelectedSnapshot Read(byte[] member, string? key)
    {
        var message = Parse(member, key);
        try
        {
            return new SelectedSnapshot(
                new SnapshotMetadata(message.PersistenceId, message.SequenceNr, TakenAt(message)), payloads.Read(message.Payload));
        }
        catch (Exception e)
        {
            throw Unreadable($"The snapshot at {message.SequenceNr} in {key} cannot be read: {e.Message}", e);
        }
    }

    private static SnapshotMessage Parse(byte[] member, string? key)
    {
        try
        {
            return SnapshotMessage.Parser.ParseFrom(member);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Unreadable($"A member of {key} is no snapshot: {e.Message}", e);
        }
    }

    private static DateTime TakenAt(SnapshotMessage message) => message.TimeStamp?.ToDateTime() ?? DateTime.MinValue;

    private static RedisStoreException Unreadable(string message, Exception cause) => new(RedisFailureReason.Unreadable, message, cause);
}
