namespace AkkaSockets.Pbm.Shell;

/// <summary>Reads a line from the keyboard: with history (arrows), completion (tab) and the usual keys of a shell.</summary>
internal sealed class LineEditor(string prompt, History history, Func<string, Completion> complete)
{
    private int _row;

    /// <summary>Null when the user wants to leave (Ctrl-D on an empty line).</summary>
    public string? Read()
    {
        var buffer = new EditBuffer();
        (_row, Console.TreatControlCAsInput) = (0, true);
        try
        {
            while (true)
            {
                Draw(buffer);
                var key = Console.ReadKey(intercept: true);
                switch (key)
                {
                    case { Key: ConsoleKey.Enter }:
                        buffer.End();
                        Draw(buffer);
                        Console.WriteLine();
                        history.Add(buffer.Text.Trim());
                        return buffer.Text;
                    case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when buffer.Text.Length == 0:
                        Console.WriteLine();
                        return null;
                    case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                        Console.WriteLine("^C");
                        (_row, buffer) = (0, new EditBuffer());
                        break;
                    case { Key: ConsoleKey.Tab }:
                        Complete(buffer);
                        break;
                    default:
                        Apply(buffer, key, history);
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    /// <summary>What a key does to the line.</summary>
    internal static void Apply(EditBuffer buffer, ConsoleKeyInfo key, History history)
    {
        var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.UpArrow: buffer.Set(history.Older(buffer.Text)); break;
            case ConsoleKey.DownArrow: buffer.Set(history.Newer(buffer.Text)); break;
            case ConsoleKey.P when isControl: buffer.Set(history.Older(buffer.Text)); break;
            case ConsoleKey.N when isControl: buffer.Set(history.Newer(buffer.Text)); break;
            case ConsoleKey.LeftArrow when isControl: buffer.WordLeft(); break;
            case ConsoleKey.RightArrow when isControl: buffer.WordRight(); break;
            case ConsoleKey.LeftArrow: buffer.Left(); break;
            case ConsoleKey.RightArrow: buffer.Right(); break;
            case ConsoleKey.Home: buffer.Home(); break;
            case ConsoleKey.A when isControl: buffer.Home(); break;
            case ConsoleKey.End: buffer.End(); break;
            case ConsoleKey.E when isControl: buffer.End(); break;
            case ConsoleKey.Backspace: buffer.Backspace(); break;
            case ConsoleKey.Delete: buffer.Delete(); break;
            case ConsoleKey.D when isControl: buffer.Delete(); break;
            case ConsoleKey.W when isControl: buffer.DeleteWordBefore(); break;
            case ConsoleKey.U when isControl: buffer.DeleteToStart(); break;
            case ConsoleKey.K when isControl: buffer.DeleteToEnd(); break;
            case ConsoleKey.Escape: buffer.Set(""); break;
            default:
                if (!char.IsControl(key.KeyChar)) buffer.Insert(key.KeyChar.ToString());
                break;
        }
    }

    private void Complete(EditBuffer buffer)
    {
        var completion = complete(buffer.BeforeCursor);
        if (completion.Candidates is [var only])
        {
            buffer.ReplaceBefore(completion.Length, only + " ");
        }
        else if (completion.Common.Length > completion.Length)
        {
            buffer.ReplaceBefore(completion.Length, completion.Common);
        }
        else if (completion.Candidates.Count > 1)
        {
            Console.WriteLine();
            Console.WriteLine(string.Join("  ", completion.Candidates));
            _row = 0;
        }
    }

    /// <summary>Draws the line over what was there, on as many rows as it takes.</summary>
    private void Draw(EditBuffer buffer)
    {
        var width = Math.Max(1, Console.WindowWidth);
        var text = prompt + buffer.Text;
        var cursor = prompt.Length + buffer.Cursor;
        // Up to the first row of the line, down from there anew; then back to where the cursor belongs.
        var start = _row > 0 ? $"\u001b[{_row}A\r" : "\r";
        var padding = text.Length > 0 && text.Length % width == 0 ? " \r" : "";
        var last = text.Length / width;
        _row = cursor / width;
        var up = last > _row ? $"\u001b[{last - _row}A" : "";
        var right = cursor % width > 0 ? $"\u001b[{cursor % width}C" : "";
        Console.Write($"{start}\u001b[J\u001b[36m{prompt}\u001b[0m{buffer.Text}{padding}{up}\r{right}");
    }
}
