using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AkkaSockets.Client;

/// <summary>One message as it came out of the user's log, or an ephemeral one.</summary>
public sealed class ReceivedMessage
{
    private readonly long timestamp;

    internal ReceivedMessage(long? seq, string? id, string? from, long timestamp, ReadOnlyMemory<byte> data)
    {
        Seq = seq;
        Id = id;
        From = from;
        this.timestamp = timestamp;
        Data = data;
    }

    /// <summary>Place in the user's log, from 1, growing by one; null when the message is ephemeral.</summary>
    public long? Seq { get; }

    /// <summary>The sender's id of the message; null when an ephemeral message carried none.</summary>
    public string? Id { get; }

    /// <summary>The user who sent it; null when a backend did.</summary>
    public string? From { get; }

    /// <summary>When the server took it in, to the millisecond.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeMilliseconds(timestamp);

    /// <summary>The payload: one JSON value in UTF-8, the very bytes that the sender wrote.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The life of the log that <see cref="Seq"/> counts in: a seq means nothing in another one.</summary>
    internal string? Epoch { get; set; }

    /// <summary>Reads <see cref="Data"/> as <typeparamref name="T"/>.</summary>
    /// <param name="options">Null for <see cref="JsonSerializerOptions.Web"/>.</param>
    /// <exception cref="JsonException">The payload does not fit <typeparamref name="T"/>.</exception>
    public T? Deserialize<T>(JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(Data.Span, options ?? JsonSerializerOptions.Web);

    /// <summary>Reads <see cref="Data"/> without reflection.</summary>
    /// <exception cref="JsonException">The payload does not fit <typeparamref name="T"/>.</exception>
    public T? Deserialize<T>(JsonTypeInfo<T> typeInfo) => JsonSerializer.Deserialize(Data.Span, typeInfo);
}
