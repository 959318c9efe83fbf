using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaSockets.FloorPeer;

/// <summary>What a receiver gets.</summary>
internal sealed record Message(string Type, string From, JsonElement Data);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Message))]
internal sealed partial class MessageJson : JsonSerializerContext;
