using System.Diagnostics.CodeAnalysis;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using Google.Protobuf;

namespace AkkaSockets.Messages.Serialization;

/// <summary>The parts that several messages share, both ways.</summary>
internal static class Parts
{
    public static ByteString ToBytes(SocketId id) => ByteString.CopyFrom(id.Value.ToByteArray(bigEndian: true));

    public static SocketId ToSocketId(ByteString bytes) => new(new Guid(bytes.Span, bigEndian: true));

    /// <summary>Without a copy: neither side changes the bytes.</summary>
    public static ByteString ToBytes(JsonData data) => UnsafeByteOperations.UnsafeWrap(data.Utf8);

    public static JsonData ToData(ByteString bytes) => new(bytes.Memory);

    /// <summary>A part that the message can't be without; its writer always writes it.</summary>
    /// <exception cref="FormatException">It is not there: these are another message's bytes.</exception>
    public static T Needed<T>(T? part) where T : class => part ?? throw new FormatException($"{typeof(T).Name} is missing.");

    public static MessageId ToMessageId(string text) => text.Length == 0 ? default : MessageId.Parse(text);

    public static UserId? ToUser(bool has, string text) => has ? UserId.Parse(text) : null;

    public static Proto.ResumePoint? ToProto(ResumePoint? resume) => resume is null ? null : new() { Epoch = resume.Epoch, Seq = resume.Seq };

    public static ResumePoint? From(Proto.ResumePoint? resume) => resume is null ? null : new(resume.Epoch, resume.Seq);

    public static Proto.SocketInfo? ToProto(SocketInfo? socket) => socket is null ? null : new()
    {
        Id = ToBytes(socket.Id),
        Device = socket.Device.Value,
        AcceptedAt = socket.AcceptedAt,
        Node = socket.Node,
        Remote = socket.Remote,
    };

    [return: NotNullIfNotNull(nameof(socket))]
    public static SocketInfo? From(Proto.SocketInfo? socket) => socket is null
        ? null
        : new(ToSocketId(socket.Id), DeviceId.Parse(socket.Device), socket.AcceptedAt, socket.Node, socket.Remote);

    public static Proto.LogMessage ToProto(LogMessage message)
    {
        var proto = new Proto.LogMessage { Seq = message.Seq, Id = message.Id.Value, Timestamp = message.Timestamp, Data = ToBytes(message.Data) };
        if (message.From is { } from) proto.From = from.Value;
        return proto;
    }

    public static LogMessage From(Proto.LogMessage m) => new(m.Seq, ToMessageId(m.Id), ToUser(m.HasFrom, m.From), m.Timestamp, ToData(m.Data));

    public static Proto.Cursor ToProto(Cursor cursor) => new() { Device = cursor.Device.Value, Acked = cursor.Acked, SeenAt = cursor.SeenAt };

    public static Cursor From(Proto.Cursor cursor) => new(DeviceId.Parse(cursor.Device), cursor.Acked, cursor.SeenAt);

    public static Proto.Upkeep? ToProto(Upkeep? upkeep)
    {
        if (upkeep is null) return null;
        var proto = new Proto.Upkeep { First = upkeep.First };
        proto.Cursors.AddRange(upkeep.Cursors.Select(ToProto));
        proto.Forgotten.AddRange(upkeep.Forgotten.Select(device => device.Value));
        return proto;
    }

    [return: NotNullIfNotNull(nameof(upkeep))]
    public static Upkeep? From(Proto.Upkeep? upkeep) =>
        upkeep is null ? null : new(upkeep.First, [.. upkeep.Cursors.Select(From)], [.. upkeep.Forgotten.Select(DeviceId.Parse)]);

    public static Proto.KnownMessage ToProto(KnownMessage known)
    {
        var proto = new Proto.KnownMessage
        {
            Id = known.Id.Value,
            Seq = known.Seq,
            Timestamp = known.Timestamp,
            HashUpper = (ulong)(known.DataHash >> 64),
            HashLower = (ulong)known.DataHash,
        };
        if (known.From is { } from) proto.From = from.Value;
        return proto;
    }

    public static KnownMessage From(Proto.KnownMessage k) =>
        new(ToUser(k.HasFrom, k.From), MessageId.Parse(k.Id), k.Seq, k.Timestamp, new UInt128(k.HashUpper, k.HashLower));
}
