namespace AkkaSockets.Peers.Reports;

/// <summary>Columns of one width, the first to the left, figures to the right.</summary>
internal static class MarkdownTable
{
    /// <param name="rows">The first is the head; all have as many cells.</param>
    public static string Render(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => Math.Max(3, rows.Max(row => row[column].Length))).ToArray();
        var rule = "|" + string.Concat(widths.Select((width, column) => column == 0 ? $"{new string('-', width + 2)}|" : $"{new string('-', width + 1)}:|"));
        return string.Concat(rows.Select((row, i) => i == 1 ? $"{rule}\n{Line(row, widths)}\n" : $"{Line(row, widths)}\n")) + (rows.Count == 1 ? $"{rule}\n" : "");
    }

    private static string Line(string[] row, int[] widths) =>
        $"| {string.Join(" | ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |";
}
