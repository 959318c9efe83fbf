using Akka.Persistence;
using Akka.Persistence.Journal;
using Google.Protobuf;

namespace AkkaSockets.Persistence.Redis.Layout;

/// <summary>An event to and from the bytes that are its member of the journal's sorted set.</summary>
internal sealed class EventMember(PayloadCodec payloads)
{
    /// <param name="persistent">The event.</param>
    /// <param name="writtenAt">UTC.</param>
    /// <exception cref="Exception">The event cannot be serialised.</exception>
    public byte[] Write(IPersistentRepresentation persistent, DateTime writtenAt) => new PersistentMessage
    {
        // Tags serve a query side that neither this nor the other package has; their wrapper would be an event that nobody handles.
        Payload = payloads.Write(persistent.Payload is Tagged tagged ? tagged.Payload : persistent.Payload),
        SequenceNr = persistent.SequenceNr,
        PersistenceId = persistent.PersistenceId,
        Manifest = persistent.Manifest ?? "",
        WriterGuid = persistent.WriterGuid ?? "",
        Timestamp = writtenAt.Ticks,
    }.ToByteArray();

    /// <param name="member">The bytes.</param>
    /// <param name="score">The score that they have in the sorted set, which is the event's sequence number.</param>
    /// <param name="key">Where they stand, for the error.</param>
    /// <exception cref="RedisStoreException">They are no event, or another one than the score says.</exception>
    public IPersistentRepresentation Read(byte[] member, double score, string? key)
    {
        try
        {
            var message = PersistentMessage.Parser.ParseFrom(member);
            if (message.SequenceNr != (long)score)
                throw new InvalidDataException($"It says that its sequence number is {message.SequenceNr}.");
            var payload = payloads.Read(message.Payload);
            return new Persistent(
                payload is Tagged tagged ? tagged.Payload : payload, message.SequenceNr, message.PersistenceId, message.Manifest,
                message.Deleted, sender: null, message.WriterGuid, message.Timestamp);
        }
        catch (Exception e)
        {
            throw new RedisStoreException(
                RedisFailureReason.Unreadable, $"The event with score {score:0} in {key} cannot be read: {e.Message}", e);
        }
    }
}
