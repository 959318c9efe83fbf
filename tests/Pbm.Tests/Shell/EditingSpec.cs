using AkkaSockets.Pbm.Shell;

namespace AkkaSockets.Pbm.Tests.Shell;

public sealed class EditingSpec
{
    private readonly EditBuffer _line = new();
    private readonly History _history = new(null);

    [Fact]
    public void Text_is_put_where_the_cursor_is()
    {
        Type("clster");
        Press(ConsoleKey.Home);
        Press(ConsoleKey.RightArrow);
        Press(ConsoleKey.RightArrow);
        Type("u");

        Assert.Equal(("cluster", 3), (_line.Text, _line.Cursor));
    }

    [Theory]
    [InlineData(ConsoleKey.W, "sharding plan ", "")]
    [InlineData(ConsoleKey.U, "", "")]
    [InlineData(ConsoleKey.A, "sharding plan --join", "sharding plan --join")]
    [InlineData(ConsoleKey.E, "sharding plan --join", "")]
    [InlineData(ConsoleKey.LeftArrow, "sharding plan --join", "--join")]
    public void Control_and_a_key_do_what_shells_do(ConsoleKey key, string text, string afterCursor)
    {
        Type("sharding plan --join");

        Press(key, control: true);

        Assert.Equal((text, afterCursor), (_line.Text, _line.Text[_line.Cursor..]));
    }

    [Fact]
    public void A_character_of_two_units_goes_as_one()
    {
        Type("a😀b");
        Press(ConsoleKey.LeftArrow);
        Press(ConsoleKey.LeftArrow);
        Assert.Equal(1, _line.Cursor);
        Press(ConsoleKey.Delete);
        Assert.Equal("ab", _line.Text);
    }

    [Fact]
    public void Keys_at_the_ends_do_nothing()
    {
        foreach (var key in (ConsoleKey[])[ConsoleKey.LeftArrow, ConsoleKey.Backspace, ConsoleKey.Delete, ConsoleKey.RightArrow, ConsoleKey.UpArrow, ConsoleKey.DownArrow]) Press(key);

        Assert.Equal(("", 0), (_line.Text, _line.Cursor));
    }

    [Fact]
    public void Arrows_go_through_what_was_given_and_back_to_what_is_typed()
    {
        foreach (var line in (string[])["first", "second", "second", ""]) _history.Add(line);
        Type("thi");

        Press(ConsoleKey.UpArrow);
        Assert.Equal("second", _line.Text);
        Press(ConsoleKey.UpArrow);
        Press(ConsoleKey.UpArrow);
        Assert.Equal("first", _line.Text);
        Press(ConsoleKey.DownArrow);
        Press(ConsoleKey.DownArrow);
        Assert.Equal("thi", _line.Text);
    }

    [Fact]
    public void History_is_kept_in_its_file_without_secrets()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "deeper", "history");
        var history = new History(file);
        history.Add("cluster show");
        history.Add("cluster show --token hush");

        Assert.Equal("cluster show", new History(file).Older(""));
        Assert.Equal("cluster show", File.ReadAllText(file).Trim());
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_place_that_can_not_be_written_keeps_no_history_and_fails_nothing()
    {
        var history = new History("/proc/nowhere/history");
        history.Add("cluster show");

        Assert.Equal("cluster show", history.Older(""));
    }

    private void Type(string text)
    {
        foreach (var c in text) LineEditor.Apply(_line, new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false), _history);
    }

    private void Press(ConsoleKey key, bool control = false) => LineEditor.Apply(_line, new ConsoleKeyInfo('\0', key, false, false, control), _history);
}
