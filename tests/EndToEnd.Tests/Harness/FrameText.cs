using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Frames as clients write them, and what tests read in the server's.</summary>
internal static class FrameText
{
    /// <summary>A durable send.</summary>
    public static string Send(string to, string id, string data = "1") => $$"""{"type":"send","id":"{{id}}","to":"{{to}}","data":{{data}}}""";

    public static string Text(this JsonElement frame, string property) => frame.GetProperty(property).GetString()!;

    public static long Number(this JsonElement frame, string property) => frame.GetProperty(property).GetInt64();

    public static bool Flag(this JsonElement frame, string property) => frame.GetProperty(property).GetBoolean();

    public static bool Has(this JsonElement frame, string property) => frame.TryGetProperty(property, out _);

    /// <summary>The bytes of <c>data</c>, as they came.</summary>
    public static string Data(this JsonElement frame) => frame.GetProperty("data").GetRawText();
}
