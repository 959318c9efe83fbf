using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Serialization;

/// <summary>What entities tell socket handlers.</summary>
internal static class HandlerCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<HandlerAttached, Proto.HandlerAttached>(Manifests.HandlerAttached, Write, Read),
        Codec.Of<AttachRefused, Proto.AttachRefused>(
            Manifests.AttachRefused,
            m => new() { Socket = Parts.ToBytes(m.Socket), Attachment = m.Attachment, Reason = (int)m.Reason },
            p => new(Parts.ToSocketId(p.Socket), p.Attachment, (AttachRefusalReason)p.Reason)),
        Codec.Of<DeliverMessage, Proto.DeliverMessage>(
            Manifests.DeliverMessage,
            Write,
            Read),
        Codec.Of<DeliverBacklog, Proto.DeliverBacklog>(Manifests.DeliverBacklog, Write, p => new(p.Attachment, [.. p.Messages.Select(Parts.From)], p.Live)),
        Codec.Of<DeliverEphemeral, Proto.DeliverEphemeral>(
            Manifests.DeliverEphemeral,
            Write,
            Read),
        Codec.Of<DeliverToHandlers, Proto.DeliverToHandlers>(Manifests.DeliverToHandlers, Write, Read),
        Codec.Of<EntityStopping, Proto.EntityStopping>(
            Manifests.EntityStopping,
            m => new() { Attachment = m.Attachment, OwnerLeaves = m.OwnerLeaves },
            p => new(p.Attachment, p.OwnerLeaves)),
        Codec.Of<CloseSocket, Proto.Reason>(Manifests.CloseSocket, m => new() { Reason_ = (int)m.Reason }, p => new((SocketCloseReason)p.Reason_)),
        Codec.Of<AskToReconnect, Proto.AskToReconnect>(
            Manifests.AskToReconnect,
            Write,
            p => new((ReconnectReason)p.Reason, p.HasUrl ? p.Url : null)),
    ];

    private static Proto.HandlerAttached Write(HandlerAttached m)
    {
        var proto = new Proto.HandlerAttached
        {
            Socket = Parts.ToBytes(m.Socket),
            Attachment = m.Attachment,
            Epoch = m.Epoch,
            Seq = m.Seq,
            Head = m.Head,
            First = m.First,
            Resumed = m.Resumed,
            Gap = m.Gap,
            Live = m.Live,
            Node = m.Node,
        };
        if (m.Url is not null) proto.Url = m.Url;
        return proto;
    }

    private static HandlerAttached Read(Proto.HandlerAttached p) => new(
        Parts.ToSocketId(p.Socket), p.Attachment, p.Epoch, p.Seq, p.Head, p.First, p.Resumed, p.Gap, p.Live, p.Node, p.HasUrl ? p.Url : null);

    private static Proto.DeliverMessage Write(DeliverMessage m)
    {
        var proto = new Proto.DeliverMessage { Attachment = m.Attachment, Message = Parts.ToProto(m.Message), ReceivedAt = m.Publication.ReceivedAt };
        if (m.Publication.TraceParent is { } trace) proto.TraceParent = trace;
        return proto;
    }

    private static DeliverMessage Read(Proto.DeliverMessage p) =>
        new(p.Attachment, Parts.From(Parts.Needed(p.Message)), new Publication(p.ReceivedAt, p.HasTraceParent ? p.TraceParent : null));

    private static Proto.DeliverBacklog Write(DeliverBacklog m)
    {
        var proto = new Proto.DeliverBacklog { Attachment = m.Attachment, Live = m.Live };
        proto.Messages.AddRange(m.Messages.Select(Parts.ToProto));
        return proto;
    }

    private static Proto.DeliverEphemeral Write(DeliverEphemeral m)
    {
        var proto = new Proto.DeliverEphemeral { Id = m.Id.Value, Timestamp = m.Timestamp, Data = Parts.ToBytes(m.Data), ReceivedAt = m.Publication.ReceivedAt };
        if (m.From is { } from) proto.From = from.Value;
        if (m.Publication.TraceParent is { } trace) proto.TraceParent = trace;
        return proto;
    }

    private static DeliverEphemeral Read(Proto.DeliverEphemeral p) =>
        new(Parts.ToMessageId(p.Id), Parts.ToUser(p.HasFrom, p.From), p.Timestamp, Parts.ToData(p.Data), new Publication(p.ReceivedAt, p.HasTraceParent ? p.TraceParent : null));

    private static Proto.DeliverToHandlers Write(DeliverToHandlers m)
    {
        var proto = m.Delivery switch
        {
            DeliverMessage message => new Proto.DeliverToHandlers { Message = Write(message) },
            DeliverEphemeral ephemeral => new Proto.DeliverToHandlers { Ephemeral = Write(ephemeral) },
            _ => throw new ArgumentException($"{m.Delivery.GetType().Name} is told to each handler by itself.", nameof(m)),
        };
        proto.Handlers.AddRange(m.Handlers.Select(handler => new Proto.HandlerOnNode { Name = handler.Name, Attachment = handler.Attachment }));
        return proto;
    }

    private static DeliverToHandlers Read(Proto.DeliverToHandlers p) => new(
        [.. p.Handlers.Select(handler => new HandlerOnNode(handler.Name, handler.Attachment))],
        p.Message is { } message ? Read(message) : Read(Parts.Needed(p.Ephemeral)));

    private static Proto.AskToReconnect Write(AskToReconnect m)
    {
        var proto = new Proto.AskToReconnect { Reason = (int)m.Reason };
        if (m.Url is not null) proto.Url = m.Url;
        return proto;
    }
}
