namespace AkkaSockets.Pbm.Shell;

/// <summary>The line that is being typed, and where in it.</summary>
internal sealed class EditBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public string BeforeCursor => Text[..Cursor];

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>Puts <paramref name="text"/> in place of the last <paramref name="length"/> characters before the cursor.</summary>
    public void ReplaceBefore(int length, string text)
    {
        Text = Text.Remove(Cursor - length, length);
        Cursor -= length;
        Insert(text);
    }

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void WordLeft()
    {
        while (Cursor > 0 && Text[Cursor - 1] == ' ') Cursor--;
        while (Cursor > 0 && Text[Cursor - 1] != ' ') Cursor--;
    }

    public void WordRight()
    {
        while (Cursor < Text.Length && Text[Cursor] == ' ') Cursor++;
        while (Cursor < Text.Length && Text[Cursor] != ' ') Cursor++;
    }

    public void Backspace() => DeleteFrom(Before(Cursor), Cursor);

    public void Delete() => DeleteFrom(Cursor, After(Cursor));

    public void DeleteWordBefore()
    {
        var end = Cursor;
        WordLeft();
        DeleteFrom(Cursor, end);
    }

    public void DeleteToStart() => DeleteFrom(0, Cursor);

    public void DeleteToEnd() => DeleteFrom(Cursor, Text.Length);

    private void DeleteFrom(int start, int end)
    {
        Text = Text.Remove(start, end - start);
        Cursor = start;
    }

    // A character outside the basic plane is two of these.
    private int Before(int at) => at == 0 ? 0 : at - (at > 1 && char.IsLowSurrogate(Text[at - 1]) ? 2 : 1);

    private int After(int at) => at == Text.Length ? at : at + (at + 1 < Text.Length && char.IsHighSurrogate(Text[at]) ? 2 : 1);
}
