using AkkaSockets.Admin.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;
using Row = AkkaSockets.Admin.Protocol.Row;

namespace AkkaSockets.Pbm.Output;

/// <summary>Tables for people: as wide as the terminal at the most, a block a row where that is too narrow for lines; in a pipe as wide as they are, and bare.</summary>
internal sealed class TableWriter(Terminal terminal) : IReplyWriter
{
    // A pipe has no width; Spectre needs one.
    private const int PipeWidth = 10_000;

    private readonly List<Row> _rows = [];
    private readonly List<Silent> _silent = [];
    private readonly List<string> _notes = [];
    private Admin.Protocol.Table? _table;
    private bool _hasDrawn;

    public void Write(Reply reply)
    {
        switch (reply.KindCase)
        {
            case Reply.KindOneofCase.Table:
                Draw();
                _table = reply.Table;
                break;
            case Reply.KindOneofCase.Row:
                _rows.Add(reply.Row);
                break;
            case Reply.KindOneofCase.Silent:
                _silent.Add(reply.Silent);
                break;
            case Reply.KindOneofCase.Note:
                _notes.Add(reply.Note.Text);
                break;
        }
    }

    public void End()
    {
        Draw();
        foreach (var note in _notes) Tell(note, Color.Grey);
        foreach (var silent in _silent) Tell($"{silent.Member} did not answer within {silent.DeadlineMs} ms: its part is missing.", Color.Yellow);
    }

    /// <summary>To the error stream where the answer goes to a program.</summary>
    private void Tell(string line, Color color)
    {
        if (terminal.IsPiped) terminal.Error.WriteLine(SafeText.Of(line));
        else terminal.Console.Write(new Text(SafeText.Of(line) + Environment.NewLine, new Style(color)));
    }

    private void Draw()
    {
        if (_table is null) return;
        if (_hasDrawn) terminal.Console.WriteLine();
        _hasDrawn = true;
        if (terminal.IsPiped) terminal.Console.Profile.Width = PipeWidth;
        if (_table.Single || (!terminal.IsPiped && WidthOf(_table) > terminal.Console.Profile.Width && _rows.Count > 0)) DrawBlocks(_table);
        else DrawTable(_table);
        _rows.Clear();
        _table = null;
    }

    /// <summary>As wide as no cell is broken: each has a blank on either side, and a line before it or behind it.</summary>
    private int WidthOf(Admin.Protocol.Table table) => 1 + Enumerable.Range(0, table.Columns.Count).Sum(i => 3 + _rows
        .Where(row => i < row.Values.Count)
        .Select(row => Cells.Text(row.Values[i], table.Columns[i]))
        .Append(Cells.Label(table.Columns[i]))
        .Max(text => new Segment(text).CellCount()));

    /// <summary>A line a property; a blank one between two things.</summary>
    private void DrawBlocks(Admin.Protocol.Table table)
    {
        foreach (var row in _rows)
        {
            if (row != _rows[0]) terminal.Console.WriteLine();
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
            for (var i = 0; i < table.Columns.Count && i < row.Values.Count; i++)
                grid.AddRow(new Text(Cells.Label(table.Columns[i]), Heading), Cell(row.Values[i], table.Columns[i]));
            terminal.Console.Write(grid);
        }
    }

    private void DrawTable(Admin.Protocol.Table table)
    {
        if (_rows.Count == 0)
        {
            Tell($"{SafeText.Of(table.Name)}: none", Color.Grey);
            return;
        }
        var drawn = new Spectre.Console.Table { Border = terminal.IsPiped ? TableBorder.None : TableBorder.Rounded };
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = new TableColumn(new Text(Cells.Label(table.Columns[i]), Heading));
            if (_rows.Any(row => i < row.Values.Count && Cells.IsNumber(row.Values[i]))) column.RightAligned();
            if (terminal.IsPiped) column.PadLeft(0).PadRight(2).NoWrap();
            drawn.AddColumn(column);
        }
        foreach (var row in _rows)
            drawn.AddRow(Enumerable.Range(0, table.Columns.Count).Select(i => Cell(i < row.Values.Count ? row.Values[i] : new Value(), table.Columns[i])));
        terminal.Console.Write(drawn);
    }

    private static Style Heading { get; } = new(decoration: Decoration.Bold);

    private static Text Cell(Value value, string column)
    {
        var text = Cells.Text(value, column);
        return new Text(text, Colours.Of(text));
    }
}
