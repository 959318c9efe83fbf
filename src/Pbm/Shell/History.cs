namespace AkkaSockets.Pbm.Shell;

/// <summary>The lines that were given before, kept in a file where there is one to keep.</summary>
internal sealed class History
{
    private const int Most = 500;

    private readonly List<string> _lines = [];
    private readonly string? _file;
    private int _at;
    private string _typed = "";

    public History(string? file)
    {
        _file = file;
        if (file is not null && File.Exists(file)) Attempt(() => _lines.AddRange(File.ReadLines(file).TakeLast(Most)));
        _at = _lines.Count;
    }

    /// <summary>A line was given. Secrets are not kept, nor what is given twice in a row.</summary>
    public void Add(string line)
    {
        if (line.Length > 0 && !line.Contains("--token", StringComparison.Ordinal) && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            if (_lines.Count > Most) _lines.RemoveAt(0);
            if (_file is not null) Attempt(Save);
        }
        (_at, _typed) = (_lines.Count, "");
    }

    /// <summary>The line before; what is typed now is kept for the way back.</summary>
    public string Older(string typed)
    {
        if (_at == _lines.Count) _typed = typed;
        if (_at == 0) return typed;
        return _lines[--_at];
    }

    public string Newer(string typed)
    {
        if (_at == _lines.Count) return typed;
        _at++;
        return _at == _lines.Count ? _typed : _lines[_at];
    }

    private void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file!)!);
        File.WriteAllLines(_file!, _lines);
    }

    /// <summary>A disk that can't be written, as in many containers, is no reason not to work.</summary>
    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The history is of this shell alone then.
        }
    }
}
