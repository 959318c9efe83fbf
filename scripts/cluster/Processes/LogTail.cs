using System.Text;

namespace AkkaSockets.LocalCluster.Processes;

/// <summary>The end of a file that may be long, and may still grow.</summary>
internal static class LogTail
{
    private const int MostBytes = 8192;
    private const int MostLines = 12;

    /// <summary>The last lines, for people, with the file's name.</summary>
    public static string Quote(string path) =>
        $"The end of {path}:{string.Concat(Read(path).Select(line => $"{Environment.NewLine}  | {line}"))}";

    private static IEnumerable<string> Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(MostBytes, file.Length), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(MostLines)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
