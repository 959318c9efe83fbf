using System.Diagnostics;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using AkkaSockets.Persistence.Redis.Tests.Setups;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Readme;

/// <summary>What the README shows and names is so.</summary>
public sealed class ReadmeSpec(RedisFixture store, ITestOutputHelper output) : IClassFixture<RedisFixture>
{
    private static readonly string Text = Resource("README.md");

    /// <summary>The program is the entry point of this assembly, so it can be run as anybody would.</summary>
    [Fact]
    public async Task The_program_does_what_it_says_and_goes_on_where_it_was()
    {
        output.WriteLine($"On {store.Name}.");
        Assert.Contains("So far: Ann\n", await RunAsync("Ann"));
        Assert.Contains("So far: Ann, Bob\n", await RunAsync("Bob"));
    }

    [Fact]
    public void The_program_stands_in_the_readme() => Assert.Contains($"```csharp\n{Resource("Program.cs")}```", Text);

    [Theory]
    [InlineData(RedisPersistence.JournalId)]
    [InlineData(RedisPersistence.SnapshotStoreId)]
    public void Every_setting_is_in_the_readme_with_its_default(string plugin)
    {
        var settings = RedisPersistence.DefaultConfig().GetConfig(plugin).AsEnumerable().Where(s => s.Key is not ("class" or "plugin-dispatcher"));
        foreach (var (key, value) in settings.SelectMany(s => Flatten(s.Key, s.Value)))
            Assert.Contains($"| `{key}` | `{value}` |", Text);
    }

    [Fact]
    public void The_permissions_in_the_readme_are_those_that_are_tested() =>
        Assert.Contains(string.Join(' ', AccessSpec.Rules), Text);

    private static IEnumerable<(string Key, string Value)> Flatten(string key, Akka.Configuration.Hocon.HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(i => Flatten($"{key}.{i.Key}", i.Value))
        : [(key, value.GetString() is { Length: > 0 } text ? text : "\"\"")];

    private async Task<string> RunAsync(string guest)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ReadmeSpec).Assembly.Location, store.ConnectionString, guest]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync().WaitAsync(LedgerClient.Patience);
            await process.WaitForExitAsync().WaitAsync(LedgerClient.Patience);
            output.WriteLine(said);
            Assert.Equal(0, process.ExitCode);
            return said.ReplaceLineEndings("\n");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeSpec).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
