using Akka.Actor;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Serialization;

/// <summary>Commands and queries to user entities.</summary>
internal static class CommandCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<AttachHandler, Proto.AttachHandler>(Manifests.AttachHandler, Write, Read),
        Codec.Of<DetachHandler, Proto.DetachHandler>(
            Manifests.DetachHandler,
            m => new() { User = m.User.Value, Socket = Parts.ToBytes(m.Socket) },
            p => new(UserId.Parse(p.User), Parts.ToSocketId(p.Socket))),
        Codec.Of<PullBacklog, Proto.PullBacklog>(
            Manifests.PullBacklog,
            m => new() { User = m.User.Value, Socket = Parts.ToBytes(m.Socket), Attachment = m.Attachment, After = m.After, MaxBytes = m.MaxBytes },
            p => new(UserId.Parse(p.User), Parts.ToSocketId(p.Socket), p.Attachment, p.After, p.MaxBytes)),
        Codec.Of<AcknowledgeUpTo, Proto.AcknowledgeUpTo>(
            Manifests.AcknowledgeUpTo,
            m => new() { User = m.User.Value, Device = m.Device.Value, Seq = m.Seq },
            p => new(UserId.Parse(p.User), DeviceId.Parse(p.Device), p.Seq)),
        Codec.Of<SendMessage, Proto.Send>(
            Manifests.SendMessage,
            m => Write(m.User, m.From, m.Id, m.Data, m.Publication),
            p => new(UserId.Parse(p.User), Parts.ToUser(p.HasFrom, p.From), Parts.ToMessageId(p.Id), Parts.ToData(p.Data), PublicationOf(p))),
        Codec.Of<SendEphemeral, Proto.Send>(
            Manifests.SendEphemeral,
            m => Write(m.User, m.From, m.Id, m.Data, m.Publication),
            p => new(UserId.Parse(p.User), Parts.ToUser(p.HasFrom, p.From), Parts.ToMessageId(p.Id), Parts.ToData(p.Data), PublicationOf(p))),
        Codec.Of<GetUser, Proto.UserOnly>(Manifests.GetUser, m => new() { User = m.User.Value }, p => new(UserId.Parse(p.User))),
        Codec.Of<RequestReconnect, Proto.UserOnly>(Manifests.RequestReconnect, m => new() { User = m.User.Value }, p => new(UserId.Parse(p.User))),
        Codec.Of<CloseConnections, Proto.CloseConnections>(Manifests.CloseConnections, Write, p => new(UserId.Parse(p.User), p.HasDevice ? DeviceId.Parse(p.Device) : null)),
    ];

    private static Proto.AttachHandler Write(AttachHandler m) => new()
    {
        User = m.User.Value,
        Socket = Parts.ToProto(m.Socket),
        Attachment = m.Attachment,
        Resume = Parts.ToProto(m.Resume),
        WasReady = m.WasReady,
        Acked = m.Acked,
        Handler = Akka.Serialization.Serialization.SerializedActorPath(m.Handler),
    };

    private static AttachHandler Read(Proto.AttachHandler p, ExtendedActorSystem system) => new(
        UserId.Parse(p.User), Parts.From(Parts.Needed(p.Socket)), p.Attachment, Parts.From(p.Resume), p.WasReady, p.Acked, system.Provider.ResolveActorRef(p.Handler));

    private static Proto.Send Write(UserId user, UserId? from, MessageId id, JsonData data, Publication publication)
    {
        var proto = new Proto.Send { User = user.Value, Id = id.Value, Data = Parts.ToBytes(data), ReceivedAt = publication.ReceivedAt };
        if (from is { } sender) proto.From = sender.Value;
        if (publication.TraceParent is { } trace) proto.TraceParent = trace;
        return proto;
    }

    private static Publication PublicationOf(Proto.Send p) => new(p.ReceivedAt, p.HasTraceParent ? p.TraceParent : null);

    private static Proto.CloseConnections Write(CloseConnections m)
    {
        var proto = new Proto.CloseConnections { User = m.User.Value };
        if (m.Device is { } device) proto.Device = device.Value;
        return proto;
    }
}
