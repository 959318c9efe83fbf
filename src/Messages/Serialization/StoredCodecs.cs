using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Serialization;

/// <summary>Events and the snapshot: what outlives every version of this program.</summary>
internal static class StoredCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<EpochBegan, Proto.EpochBegan>(
            Manifests.EpochBegan,
            m => new() { Epoch = m.Epoch, Upkeep = Parts.ToProto(m.Upkeep) },
            p => new(p.Epoch, Parts.From(p.Upkeep))),
        Codec.Of<MessageAppended, Proto.MessageAppended>(Manifests.MessageAppended, Write, Read),
        Codec.Of<DeviceAdded, Proto.DeviceAdded>(
            Manifests.DeviceAdded,
            m => new() { Cursor = Parts.ToProto(m.Cursor), Upkeep = Parts.ToProto(m.Upkeep) },
            p => new(Parts.From(Parts.Needed(p.Cursor)), Parts.From(p.Upkeep))),
        Codec.Of<UpkeepDone, Proto.UpkeepDone>(
            Manifests.UpkeepDone,
            m => new() { Upkeep = Parts.ToProto(m.Upkeep) },
            p => new(Parts.From(Parts.Needed(p.Upkeep)))),
        Codec.Of<UserLogSnapshot, Proto.UserLogSnapshot>(Manifests.UserLogSnapshot, Write, Read),
    ];

    private static Proto.MessageAppended Write(MessageAppended m)
    {
        var proto = new Proto.MessageAppended
        {
            Message = Parts.ToProto(new LogMessage(m.Seq, m.Id, m.From, m.Timestamp, m.Data)),
            Upkeep = Parts.ToProto(m.Upkeep),
        };
        if (m.Epoch is not null) proto.Epoch = m.Epoch;
        return proto;
    }

    private static MessageAppended Read(Proto.MessageAppended p)
    {
        var m = Parts.From(Parts.Needed(p.Message));
        return new(m.Seq, m.Id, m.From, m.Timestamp, m.Data, Parts.From(p.Upkeep), p.HasEpoch ? p.Epoch : null);
    }

    private static Proto.UserLogSnapshot Write(UserLogSnapshot m)
    {
        var proto = new Proto.UserLogSnapshot { Epoch = m.Epoch, Head = m.Head, First = m.First };
        proto.Messages.AddRange(m.Messages.Select(Parts.ToProto));
        proto.Cursors.AddRange(m.Cursors.Select(Parts.ToProto));
        proto.Known.AddRange(m.Known.Select(Parts.ToProto));
        return proto;
    }

    private static UserLogSnapshot Read(Proto.UserLogSnapshot p) =>
        new(p.Epoch, p.Head, p.First, [.. p.Messages.Select(Parts.From)], [.. p.Cursors.Select(Parts.From)], [.. p.Known.Select(Parts.From)]);
}
