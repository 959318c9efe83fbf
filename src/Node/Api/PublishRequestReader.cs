using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Listeners;

namespace AkkaSockets.Node.Api;

/// <summary>
/// Reads <c>{"user","data","id","ephemeral"}</c>. <c>data</c> is copied byte for byte; other properties are ignored, and a null is
/// as good as an absent one where a property may be absent. Never throws for what a caller can send.
/// </summary>
/// <param name="maxDataBytes">The longest <c>data</c> (<c>Limits:FrameBytes</c>).</param>
public sealed class PublishRequestReader(int maxDataBytes)
{
    // Depth costs the reader a bit a level, and the body's length bounds it.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <param name="user">Who the path names; null where the message itself does.</param>
    /// <param name="key">The Idempotency-Key, none where there is no such header.</param>
    public bool TryRead(ReadOnlySpan<byte> utf8, UserId? user, MessageId key, out PublishRequest request, [NotNullWhen(false)] out Problem? fault)
    {
        request = default;
        // Data goes into text frames, and a client must fail the connection over bytes that are not UTF-8.
        if (!Utf8.IsValid(utf8))
        {
            fault = ApiProblems.BadMessage("The message is not valid UTF-8.");
            return false;
        }
        var fields = new Fields();
        try
        {
            var reader = new Utf8JsonReader(utf8, Options);
            fault = fields.Read(ref reader);
        }
        catch (JsonException)
        {
            fault = ApiProblems.BadMessage("The message is not JSON.");
        }
        fault ??= fields.Check(utf8, user, key, maxDataBytes, out request);
        return fault is null;
    }

    private struct Fields
    {
        private string? _user, _id;
        private bool _ephemeral;
        private Range? _data;

        public Problem? Read(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return ApiProblems.BadMessage("A message is one JSON object.");
            Problem? fault = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) fault ??= ReadProperty(ref reader);
            return reader.Read() ? ApiProblems.BadMessage("A message is one JSON object.") : fault;
        }

        public readonly Problem? Check(ReadOnlySpan<byte> utf8, UserId? pathUser, MessageId key, int maxDataBytes, out PublishRequest request)
        {
            request = default;
            var id = key;
            if (_id is not null && !MessageId.TryParse(_id, out id)) return ApiProblems.BadMessage("id must have 1 to 128 characters.");
            if (!key.IsNone && id != key) return ApiProblems.BadMessage("id and Idempotency-Key name one message: give one of them, or both alike.");
            UserId user = pathUser ?? default;
            if (pathUser is null && !UserId.TryParse(_user, out user))
            {
                return ApiProblems.BadMessage("user must be a user id: 1 to 128 characters, no control characters and no white space.") with { MessageId = _id };
            }
            if (_data is not { } data) return ApiProblems.BadMessage("data is missing. It may be any JSON value, null included.") with { MessageId = _id };
            var bytes = utf8[data];
            if (bytes.Length > maxDataBytes) return ApiProblems.DataTooLarge(maxDataBytes, _id);
            if (id.IsNone && !_ephemeral) id = MessageId.New();
            request = new PublishRequest(user, id, new JsonData(bytes.ToArray()), _ephemeral);
            return null;
        }

        private Problem? ReadProperty(ref Utf8JsonReader reader)
        {
            var name = NameOf(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var fault = name switch
            {
                "user" => ReadText(ref reader, name, out _user),
                "id" => ReadText(ref reader, name, out _id),
                "ephemeral" => ReadFlag(ref reader),
                _ => null,
            };
            reader.Skip();
            if (name == "data") _data = start..(int)reader.BytesConsumed;
            return fault;
        }

        private static string? NameOf(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                // An escaped surrogate that stands alone: JSON's grammar has it, Unicode does not. No name of ours.
                return null;
            }
        }

        private static Problem? ReadText(ref Utf8JsonReader reader, string name, out string? text)
        {
            text = null;
            if (reader.TokenType == JsonTokenType.Null) return null;
            if (reader.TokenType == JsonTokenType.String) text = NameOf(ref reader);
            return text is null ? ApiProblems.BadMessage($"{name} must be a string of Unicode characters.") : null;
        }

        private Problem? ReadFlag(ref Utf8JsonReader reader)
        {
            _ephemeral = reader.TokenType == JsonTokenType.True;
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
                ? null
                : ApiProblems.BadMessage("ephemeral must be true or false.");
        }
    }
}
