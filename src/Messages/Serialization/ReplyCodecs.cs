using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Serialization;

/// <summary>What entities answer to those who asked.</summary>
internal static class ReplyCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<MessageAccepted, Proto.MessageAccepted>(
            Manifests.MessageAccepted,
            m => new() { Id = m.Id.Value, Seq = m.Seq, Duplicate = m.Duplicate },
            p => new(Parts.ToMessageId(p.Id), p.Seq, p.Duplicate)),
        Codec.Of<EphemeralDelivered, Proto.EphemeralDelivered>(
            Manifests.EphemeralDelivered,
            m => new() { Id = m.Id.Value, Sockets = m.Sockets },
            p => new(Parts.ToMessageId(p.Id), p.Sockets)),
        Codec.Of<RequestRefused, Proto.Reason>(Manifests.RequestRefused, m => new() { Reason_ = (int)m.Reason }, p => new((RefusalReason)p.Reason_)),
        Codec.Of<AskAgain, Proto.Reason>(Manifests.AskAgain, m => new() { Reason_ = (int)m.Reason }, p => new((AskAgainReason)p.Reason_)),
        Codec.Of<SocketsTold, Proto.SocketsTold>(Manifests.SocketsTold, m => new() { Sockets = m.Sockets }, p => new(p.Sockets)),
        Codec.Of<UserDescribed, Proto.UserDescribed>(Manifests.UserDescribed, Write, Read),
    ];

    private static Proto.UserDescribed Write(UserDescribed m)
    {
        var proto = new Proto.UserDescribed { User = m.User.Value, Epoch = m.Epoch, Head = m.Head, First = m.First, Node = m.Node };
        proto.Devices.AddRange(m.Devices.Select(d => new Proto.DeviceDescription
        {
            Device = d.Device.Value,
            Acked = d.Acked,
            SeenAt = d.SeenAt,
            Socket = Parts.ToProto(d.Socket),
        }));
        return proto;
    }

    private static UserDescribed Read(Proto.UserDescribed p) => new(
        UserId.Parse(p.User), p.Epoch, p.Head, p.First, p.Node,
        [.. p.Devices.Select(d => new DeviceDescription(DeviceId.Parse(d.Device), d.Acked, d.SeenAt, Parts.From(d.Socket)))]);
}
