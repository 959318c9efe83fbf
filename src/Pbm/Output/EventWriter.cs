using AkkaSockets.Admin.Protocol;
using Spectre.Console;

namespace AkkaSockets.Pbm.Output;

/// <summary>What happens, a line each, at once. Columns are as wide as the widest so far, so that lines stay below each other.</summary>
internal sealed class EventWriter(Terminal terminal) : IReplyWriter
{
    private const int WidestColumn = 40;

    private Admin.Protocol.Table _table = new();
    private int[] _widths = [];

    public void Write(Reply reply)
    {
        switch (reply.KindCase)
        {
            case Reply.KindOneofCase.Table:
                _table = reply.Table;
                _widths = new int[_table.Columns.Count];
                WriteLine([.. _table.Columns.Select(Cells.Label)], new Style(decoration: Decoration.Bold));
                break;
            case Reply.KindOneofCase.Row:
                WriteLine([.. reply.Row.Values.Select((value, i) => Cells.Text(value, i < _table.Columns.Count ? _table.Columns[i] : "", isEvent: true))], null);
                break;
            case Reply.KindOneofCase.Silent:
                Tell($"{reply.Silent.Member} did not answer within {reply.Silent.DeadlineMs} ms: what happens there is not shown.");
                break;
            case Reply.KindOneofCase.Note:
                Tell(reply.Note.Text);
                break;
        }
    }

    public void End()
    {
    }

    private void Tell(string line)
    {
        if (terminal.IsPiped) terminal.Error.WriteLine(SafeText.Of(line));
        else terminal.Console.Write(new Text(SafeText.Of(line) + Environment.NewLine, new Style(Color.Yellow)));
    }

    private void WriteLine(string[] cells, Style? style)
    {
        if (_widths.Length < cells.Length) Array.Resize(ref _widths, cells.Length);
        var line = new Paragraph();
        for (var i = 0; i < cells.Length; i++)
        {
            var isLast = i == cells.Length - 1;
            _widths[i] = Math.Max(_widths[i], Math.Min(WidestColumn, cells[i].Length));
            line.Append(isLast ? cells[i] : cells[i].PadRight(_widths[i]) + "  ", style ?? Colours.Of(cells[i]));
        }
        if (terminal.IsPiped)
        {
            terminal.Out.WriteLine(string.Concat(cells.Select((cell, i) => i == cells.Length - 1 ? cell : cell.PadRight(_widths[i]) + "  ")));
            terminal.Out.Flush();
            return;
        }
        terminal.Console.Write(line);
        terminal.Console.WriteLine();
    }
}
