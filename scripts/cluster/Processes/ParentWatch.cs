using System.Globalization;

namespace AkkaSockets.LocalCluster.Processes;

/// <summary>
/// <c>dotnet run</c> is a process between the terminal and this one. Whoever kills that one with −9 means this one: it would stay otherwise, and nobody
/// would know its number.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Completes when <c>dotnet run</c> is gone; never where this process was started in another way.</summary>
    public static async Task GoneAsync()
    {
        var parent = ParentId();
        if (!IsDotnetRun(parent)) await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
        using var ticks = new PeriodicTimer(Interval);
        while (ParentId() == parent) await ticks.WaitForNextTickAsync().ConfigureAwait(false);
    }

    /// <summary>proc(5): the fourth field, the second after the name, which is in parentheses and may hold anything.</summary>
    private static int ParentId()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static bool IsDotnetRun(int pid)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return Path.GetFileNameWithoutExtension(command[0]) == "dotnet" && command.Contains("run");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
