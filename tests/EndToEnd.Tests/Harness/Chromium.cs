using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Scripts of the folder Browser, which drive the machine's Chromium by the playwright-core of their lock file.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<string?> LazyMissing = new(FindMissing);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Chromium(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Why no browser can be driven here; null when one can. Fetches playwright-core when it is not there yet.</summary>
    public static string? Missing => LazyMissing.Value;

    /// <summary>Where screenshots go.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BrowserScripts").Value!));

    private static string? Program { get; } = Npm.Find(Names);

    /// <summary>Starts a script; it ends with the tests, whatever happens.</summary>
    public static Chromium Start(string script, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("node", script)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        (start.Environment["CHROMIUM"], start.Environment["SCREENSHOTS"]) = (Program!, Screenshots);
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var process = Process.Start(start)!;
        Reaper.Started(process.Id);
        return new Chromium(process);
    }

    /// <summary>What the script says next.</summary>
    public async Task<JsonElement> HearAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return line is null ? throw new InvalidOperationException($"The script ended: {await _errors}") : JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Lets the script go on, and waits for what it says then.</summary>
    public async Task<JsonElement> GoOnAsync()
    {
        await _process.StandardInput.WriteLineAsync("go on");
        return await HearAsync();
    }

    public void Dispose()
    {
        // The script closes its browser when it ends by itself; killed, its children go with it.
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30))) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        Reaper.Ended(_process.Id);
        _process.Dispose();
    }

    private static string? FindMissing()
    {
        if (Program is null) return "chromium is not installed here (nor chromium-browser, google-chrome): the pages can't be tried in a browser.";
        if (NodeJs.Missing is { } node) return node;
        return Npm.Missing ?? Npm.Install(Folder);
    }
}

/// <summary>Skipped, with the reason, where no browser can be driven or Redis is missing.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.Missing ?? new RedisFactAttribute().Skip;
}
