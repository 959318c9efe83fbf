using System.Text;

namespace AkkaSockets.LocalCluster.Commands;

/// <summary>Columns as wide as what is in them: pipes have no width to fit into.</summary>
internal static class TextTable
{
    public static string Render(params IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            text.Append(text.Length == 0 ? "" : Environment.NewLine).Append(line);
        }
        return text.ToString();
    }
}
