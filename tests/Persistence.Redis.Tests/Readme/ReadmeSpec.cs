using System.Diagnostics;
using Akka.Actor;
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
        Assert.Contains("Ann\n", await RunAsync("Ann"));
        Assert.Contains("Ann, Bob\n", await RunAsync("Bob"));
    }

    [Fact]
    public void The_program_stands_in_the_readme() => Assert.Contains($"```csharp\n{Resource("Program.cs")}```", Text);

    [Fact]
    public async Task So_does_what_it_says_without_hosting()
    {
        var source = Resource("WithoutHosting.cs").Split("        // <example>\n")[1].Split("        // </example>")[0];
        Assert.Contains($"```csharp\n{string.Join('\n', source.Split('\n').Select(l => l.Length > 8 ? l[8..] : l.Trim()))}```", Text);
        await IsUsableAsync(WithoutHosting.Start(store.ConnectionString));
    }

    [Fact]
    public async Task So_does_what_it_says_of_coming_from_the_other_package()
    {
        Assert.Contains(typeof(RedisPersistenceProvider).FullName + ", " + typeof(RedisPersistenceProvider).Assembly.GetName().Name, Text);
        await IsUsableAsync(WithoutHosting.StartAfterwards(store.ConnectionString));
    }

    private static async Task IsUsableAsync(ActorSystem system)
    {
        var guestbook = system.ActorOf<Guestbook>();
        Assert.Contains("Eve", await guestbook.Ask<string>("Eve", LedgerClient.Patience));
        var settings = system.Settings.Config.GetConfig(RedisPersistence.JournalId);
        Assert.Equal((int.MaxValue, 500), (settings.GetInt("circuit-breaker.max-failures"), settings.GetInt("replay-page-size")));
        await system.Terminate();
    }

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

    /// <summary>Runs it, and again where the machine was too busy for the time that it gives itself.</summary>
    private async Task<string> RunAsync(string guest)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var (exitCode, said) = await RunOnceAsync(guest);
            output.WriteLine(said);
            if (exitCode == 0) return said.ReplaceLineEndings("\n");
            Assert.True(waited.Elapsed < LedgerClient.Patience, said);
        }
    }

    private async Task<(int ExitCode, string Said)> RunOnceAsync(string guest)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ReadmeSpec).Assembly.Location, $"127.0.0.1:{store.Port}", guest])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync())
                .WaitAsync(LedgerClient.Patience);
            await process.WaitForExitAsync().WaitAsync(LedgerClient.Patience);
            return (process.ExitCode, string.Concat(said));
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
