namespace AkkaSockets.Node.Configuration;

/// <summary>Settings are wrong: a line for each, which names the key, what was given and what is allowed.</summary>
public sealed class SettingsException(IReadOnlyList<string> lines, Exception? inner = null) : Exception(string.Join(Environment.NewLine, lines), inner)
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
