namespace AkkaSockets.Persistence.Redis;

/// <summary>
/// A write was refused since it does not go on where the log ends. Nothing of it was stored. The persistent actor stops; its
/// successor recovers what the log holds and goes on from there.
/// </summary>
public sealed class SecondWriterException : Exception
{
    /// <summary>Makes one.</summary>
    public SecondWriterException(string persistenceId, long sequenceNr, long highestSequenceNr)
        : base(Describe(persistenceId, sequenceNr, highestSequenceNr))
    {
        PersistenceId = persistenceId;
        SequenceNr = sequenceNr;
        HighestSequenceNr = highestSequenceNr;
    }

    /// <summary>Whose log it is.</summary>
    public string PersistenceId { get; }

    /// <summary>The first sequence number of the refused write.</summary>
    public long SequenceNr { get; }

    /// <summary>Where the log ends.</summary>
    public long HighestSequenceNr { get; }

    private static string Describe(string persistenceId, long sequenceNr, long highest) => sequenceNr <= highest
        ? $"The write of event {sequenceNr} of '{persistenceId}' was refused: its log ends at {highest}, so somebody else writes it too."
        : $"The write of event {sequenceNr} of '{persistenceId}' was refused: its log ends at {highest}, so the store lost the events between.";
}
