using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Users;

/// <summary>A user's devices: how far each has acknowledged, and since when it is absent.</summary>
internal sealed class DeviceCursors(RetentionOptions retention, int devicesPerUser)
{
    /// <summary>The <see cref="Cursor.SeenAt"/> of a device that is connected: an entity that dies leaves it so, and its absence counts from the recovery.</summary>
    public const long Connected = long.MaxValue;

    private readonly Dictionary<DeviceId, Cursor> _journaled = [];
    private readonly Dictionary<DeviceId, Cursor> _unjournaled = [];

    public bool HasUnjournaled => _unjournaled.Count > 0;

    public bool TryGet(DeviceId device, out Cursor cursor) =>
        _unjournaled.TryGetValue(device, out cursor!) || _journaled.TryGetValue(device, out cursor!);

    /// <summary>False for one that is known but whose time is over: it begins anew.</summary>
    public bool TryGetPresent(DeviceId device, long now, out Cursor cursor) => TryGet(device, out cursor) && !IsOver(cursor, now);

    public void Acknowledge(DeviceId device, long seq)
    {
        if (TryGet(device, out var cursor) && seq > cursor.Acked) Note(cursor with { Acked = seq });
    }

    public void MarkSeen(DeviceId device, long at)
    {
        if (TryGet(device, out var cursor) && cursor.SeenAt != at) Note(cursor with { SeenAt = at });
    }

    public void MarkOpened(DeviceId device, long seq)
    {
        if (TryGet(device, out var cursor)) Note(cursor with { Acked = Math.Min(cursor.Acked, seq), SeenAt = Connected });
    }

    public void AssumeConnected(IReadOnlySet<DeviceId> devices, long now)
    {
        foreach (var device in _journaled.Keys)
        {
            if (devices.Contains(device)) MarkSeen(device, Connected);
            else if (TryGet(device, out var cursor) && cursor.SeenAt == Connected) MarkSeen(device, now);
        }
    }

    /// <summary>A device begins, or begins anew.</summary>
    public void Add(Cursor cursor)
    {
        _unjournaled.Remove(cursor.Device);
        _journaled[cursor.Device] = cursor;
    }

    /// <summary>Sets what was journaled.</summary>
    public void Set(Cursor cursor)
    {
        _journaled[cursor.Device] = cursor;
        if (_unjournaled.TryGetValue(cursor.Device, out var noted) && noted == cursor) _unjournaled.Remove(cursor.Device);
    }

    public void Forget(DeviceId device)
    {
        _journaled.Remove(device);
        _unjournaled.Remove(device);
    }

    public IReadOnlyList<Cursor> Unjournaled() => [.. _unjournaled.Values];

    public IReadOnlyList<Cursor> Journaled() => [.. _journaled.Values];

    public IEnumerable<Cursor> Present(long now) => All().Where(c => !IsOver(c, now));

    /// <summary>
    /// Whom to forget: those absent too long and, where <paramref name="opened"/> is <paramref name="added"/> and would be one too many,
    /// the one absent longest. Never <paramref name="opened"/> itself.
    /// </summary>
    public IReadOnlyList<DeviceId> Due(long now, DeviceId? opened, bool added)
    {
        List<DeviceId>? over = null;
        foreach (var (device, journaled) in _journaled)
        {
            if (device != opened && IsOver(Newest(journaled), now)) (over ??= []).Add(device);
        }
        if (added && OthersThan(opened) - (over?.Count ?? 0) >= devicesPerUser && AbsentLongest(opened, over ?? []) is { } longest) (over ??= []).Add(longest);
        return over ?? (IReadOnlyList<DeviceId>)[];
    }

    /// <summary>The seq that every device but those in <paramref name="except"/> has acknowledged; null when there is no device.</summary>
    public long? AckedByAll(IReadOnlyList<DeviceId> except)
    {
        long? acked = null;
        foreach (var (device, journaled) in _journaled)
        {
            if (!except.Contains(device)) acked = Math.Min(acked ?? long.MaxValue, Newest(journaled).Acked);
        }
        return acked;
    }

    private int OthersThan(DeviceId? opened) => _journaled.Count - (opened is { } one && _journaled.ContainsKey(one) ? 1 : 0);

    private DeviceId? AbsentLongest(DeviceId? opened, List<DeviceId> over) =>
        All().Where(c => c.SeenAt != Connected && c.Device != opened && !over.Contains(c.Device)).MinBy(c => c.SeenAt)?.Device;

    private IEnumerable<Cursor> All() => _journaled.Values.Select(Newest);

    private Cursor Newest(Cursor journaled) => _unjournaled.GetValueOrDefault(journaled.Device, journaled);

    private bool IsOver(Cursor cursor, long now) =>
        cursor.SeenAt != Connected && now - cursor.SeenAt > (cursor.Device.IsAnonymous ? retention.AnonymousDeviceMs : retention.DeviceMs);

    private void Note(Cursor cursor)
    {
        if (_journaled.TryGetValue(cursor.Device, out var journaled) && journaled == cursor) _unjournaled.Remove(cursor.Device);
        else _unjournaled[cursor.Device] = cursor;
    }
}
