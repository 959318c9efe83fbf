using System.IO.Hashing;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Users;

/// <summary>
/// One user's ordered log, its devices' cursors and the messages it knows repeats by. Pure: the <c>Decide…</c> methods change
/// nothing and say what is to be journaled and answered; <see cref="Apply"/> changes the state by what was journaled, and reads
/// no clock. Times are Unix milliseconds and come from outside.
/// </summary>
/// <remarks>
/// Acks, and who is connected, are noted at once and journaled later (<see cref="Upkeep"/>): a crash forgets up to 5 s of them, which
/// costs a repeat that the client's own seq prevents, never a message.
/// </remarks>
public sealed class UserLog(RetentionOptions retention, int devicesPerUser)
{
    private readonly MessageStore _messages = new();
    private readonly KnownMessages _known = new(retention);
    private readonly DeviceCursors _devices = new(retention, devicesPerUser);

    /// <summary>Names one life of the log; empty before its first event.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>The newest seq, 0 when nothing was ever appended.</summary>
    public long Head => _messages.Head;

    /// <summary>The oldest seq still kept; <see cref="Head"/> + 1 when none is.</summary>
    public long First => _messages.First;

    /// <summary>Data bytes kept.</summary>
    public long Bytes => _messages.Bytes;

    /// <summary>True while something waits to be journaled that no event has carried yet.</summary>
    public bool HasUnjournaled => _devices.HasUnjournaled;

    /// <summary>Opens a device's cursor, where its client asks for or where the device's last ack stands.</summary>
    /// <param name="newEpoch">The name of a new life, used if one has to begin.</param>
    public Decision<CursorPosition> DecideOpen(DeviceId device, ResumePoint? resume, long now, string newEpoch)
    {
        // A client that has seen more than there is proves that the log lost its tail: what is appended now is another life.
        var begins = Epoch.Length == 0 || (resume is not null && resume.Epoch == Epoch && resume.Seq > Head);
        var known = _devices.TryGetPresent(device, now, out var present);
        var upkeep = DueUpkeep(now, null, opened: device, added: !known);
        var first = upkeep?.First ?? First;

        var asked = !begins && resume is not null && resume.Epoch == Epoch;
        var seq = asked ? resume!.Seq : known ? Math.Min(present.Acked, Head) : first - 1;
        var position = new CursorPosition(
            begins ? newEpoch : Epoch, seq, Head, first, Resumed: asked || (resume is null && known && !begins), Gap: seq + 1 < first);

        var cursor = new Cursor(device, seq, DeviceCursors.Connected);
        IUserEvent? journal =
            begins ? new EpochBegan(newEpoch, known ? upkeep : new Upkeep(first, [.. upkeep?.Cursors ?? [], cursor], upkeep?.Forgotten ?? []))
            : !known ? new DeviceAdded(cursor, upkeep)
            : first > First ? new UpkeepDone(upkeep!)
            : null;
        return new(position, journal);
    }

    /// <summary>Appends a message, unless its (sender, id) is known: then the answer is the first one's, or a refusal for other data.</summary>
    public Decision<IUserReply> DecideSend(SendMessage send, long now, string newEpoch)
    {
        if (_known.Find(send.From, send.Id, now) is { } earlier)
        {
            IUserReply answer = earlier.DataHash == HashOf(send.Data)
                ? new MessageAccepted(send.Id, earlier.Seq, Duplicate: true)
                : new RequestRefused(RefusalReason.IdReused);
            return new(answer, null);
        }
        var seq = Head + 1;
        return new(
            new MessageAccepted(send.Id, seq, Duplicate: false),
            new MessageAppended(seq, send.Id, send.From, now, send.Data, DueUpkeep(now, send.Data.Length), Epoch.Length == 0 ? newEpoch : null));
    }

    /// <summary>Journals what waits, and drops what retention and absence no longer keep; null when there is nothing to do.</summary>
    public UpkeepDone? DecideUpkeep(long now) => DueUpkeep(now, null) is { } due ? new UpkeepDone(due) : null;

    /// <summary>Notes an ack; what lies above <see cref="Head"/> counts as <see cref="Head"/>. An unknown device's is ignored.</summary>
    public void Acknowledge(DeviceId device, long seq) => _devices.Acknowledge(device, Math.Min(seq, Head));

    /// <summary>
    /// Notes that a device is connected and goes on after <paramref name="seq"/>. Below its last ack, its cursor goes back there: it says
    /// itself that it does not have what it once acknowledged.
    /// </summary>
    public void Opened(DeviceId device, long seq) => _devices.MarkOpened(device, seq);

    /// <summary>Notes that a device went.</summary>
    public void Left(DeviceId device, long now) => _devices.MarkSeen(device, now);

    /// <summary>After a recovery: who was connected and is no longer has been absent since now, for all that is known.</summary>
    public void AssumeConnected(IReadOnlySet<DeviceId> devices, long now) => _devices.AssumeConnected(devices, now);

    /// <summary>Whether a device has a cursor.</summary>
    public bool Knows(DeviceId device) => _devices.TryGet(device, out _);

    /// <summary>The messages after <paramref name="after"/>, up to <paramref name="maxBytes"/> of data and one at least.</summary>
    public IReadOnlyList<LogMessage> Read(long after, int maxBytes) => _messages.Read(after, maxBytes);

    /// <summary>The devices known at <paramref name="now"/>: those whose time is over are left out, journaled or not.</summary>
    public IEnumerable<Cursor> Devices(long now) => _devices.Present(now);

    public void Apply(IUserEvent journaled)
    {
        switch (journaled)
        {
            case EpochBegan began:
                Epoch = began.Epoch;
                break;
            case MessageAppended e:
                Epoch = e.Epoch ?? Epoch;
                _messages.Append(new LogMessage(e.Seq, e.Id, e.From, e.Timestamp, e.Data));
                _known.Add(new KnownMessage(e.From, e.Id, e.Seq, e.Timestamp, HashOf(e.Data)));
                break;
            case DeviceAdded added:
                _devices.Add(added.Cursor);
                break;
        }
        if (journaled.Upkeep is not { } upkeep) return;
        _messages.TrimTo(upkeep.First);
        foreach (var device in upkeep.Forgotten) _devices.Forget(device);
        foreach (var cursor in upkeep.Cursors) _devices.Set(cursor);
    }

    public UserLogSnapshot ToSnapshot() => new(Epoch, Head, First, _messages.All(), _devices.Journaled(), _known.All());

    public void Restore(UserLogSnapshot snapshot)
    {
        Epoch = snapshot.Epoch;
        _messages.Restore(snapshot.Head, snapshot.First, snapshot.Messages);
        foreach (var cursor in snapshot.Cursors) _devices.Set(cursor);
        foreach (var known in snapshot.Known) _known.Add(known);
    }

    private Upkeep? DueUpkeep(long now, int? appendedBytes, DeviceId? opened = null, bool added = false)
    {
        var forgotten = _devices.Due(now, opened, added);
        IReadOnlyList<Cursor> cursors = _devices.HasUnjournaled ? Unjournaled(forgotten, added ? opened : null) : [];
        var first = _messages.FirstWithin(retention, now, appendedBytes);
        // While a device opens, nothing goes on the ground of acks: it may be about to ask for what it acknowledged.
        if (opened is null && _devices.AckedByAll(forgotten) is { } acked) first = Math.Max(first, Math.Min(acked, Head) + 1);
        return first == First && cursors.Count == 0 && forgotten.Count == 0 ? null : new Upkeep(first, cursors, forgotten);
    }

    private List<Cursor> Unjournaled(IReadOnlyList<DeviceId> forgotten, DeviceId? added) =>
        [.. _devices.Unjournaled().Where(cursor => cursor.Device != added && !forgotten.Contains(cursor.Device))];

    private static UInt128 HashOf(JsonData data) => XxHash128.HashToUInt128(data.Utf8.Span);
}

/// <summary>What to answer once <paramref name="Journal"/> is stored, or at once where there is nothing to store.</summary>
public sealed record Decision<TReply>(TReply Reply, IUserEvent? Journal);

/// <summary>Where a device's delivery goes on; the fields are those of the <c>ready</c> frame.</summary>
public sealed record CursorPosition(string Epoch, long Seq, long Head, long First, bool Resumed, bool Gap);
