using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AkkaSockets.Node.Api;

/// <summary>One line of NDJSON without its end; valid until the next is asked for. Empty when it <paramref name="IsTooLong"/>.</summary>
internal readonly record struct NdjsonLine(ReadOnlyMemory<byte> Utf8, bool IsTooLong);

/// <summary>Gives each line as soon as it is there, and never holds more than one.</summary>
internal static class NdjsonReader
{
    private static readonly NdjsonLine TooLong = new(default, true);

    /// <summary>The lines but for blank ones. What a line longer than <paramref name="maxBytes"/> holds is read over.</summary>
    public static async IAsyncEnumerable<NdjsonLine> ReadLinesAsync(PipeReader body, int maxBytes, [EnumeratorCancellation] CancellationToken stop)
    {
        var isSkipping = false;
        while (true)
        {
            var result = await body.ReadAsync(stop).ConfigureAwait(false);
            var rest = result.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                if (isSkipping || line.Length > maxBytes) yield return TooLong;
                else if (Trimmed(line) is { IsEmpty: false } text) yield return new(text, false);
                isSkipping = false;
            }
            isSkipping |= rest.Length > maxBytes;
            if (result.IsCompleted)
            {
                if (isSkipping) yield return TooLong;
                else if (Trimmed(rest) is { IsEmpty: false } text) yield return new(text, false);
                body.AdvanceTo(rest.End);
                yield break;
            }
            body.AdvanceTo(isSkipping ? rest.End : rest.Start, rest.End);
        }
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.First : line.ToArray();
        return bytes.Trim(" \t\r"u8);
    }
}
