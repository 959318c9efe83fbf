using System.IO.Pipelines;
using Microsoft.Net.Http.Headers;

namespace AkkaSockets.Node.Api;

/// <summary>In which form a batch comes.</summary>
internal static class BatchForm
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";

    private static readonly string[] NdjsonNames = [Ndjson, "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    /// <summary>True for a JSON array. Where the Content-Type says neither, the first character that is no white space does.</summary>
    public static async Task<bool> IsArrayAsync(HttpRequest request, CancellationToken stop)
    {
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        var name = type?.MediaType.Value;
        if (Json.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        if (NdjsonNames.Contains(name, StringComparer.OrdinalIgnoreCase)) return false;
        return await FirstByteAsync(request.BodyReader, stop).ConfigureAwait(false) == '[';
    }

    private static async Task<byte> FirstByteAsync(PipeReader body, CancellationToken stop)
    {
        while (true)
        {
            var result = await body.ReadAsync(stop).ConfigureAwait(false);
            var rest = result.Buffer;
            var first = First(new System.Buffers.SequenceReader<byte>(rest));
            body.AdvanceTo(rest.Start, first == 0 ? rest.End : rest.Start);
            if (first != 0 || result.IsCompleted) return first;
        }
    }

    private static byte First(System.Buffers.SequenceReader<byte> reader)
    {
        reader.AdvancePastAny(" \t\r\n"u8);
        return reader.TryPeek(out var first) ? first : (byte)0;
    }
}
