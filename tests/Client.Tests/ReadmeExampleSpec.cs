using System.Threading.Channels;
using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class ReadmeExampleSpec
{
    [Fact]
    public async Task The_example_does_what_it_says()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        await using var server = await FakeServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var lines = Channel.CreateUnbounded<string>();
        var example = ReadmeExample.RunAsync(
            server.Url, _ => ValueTask.FromResult<string?>("t"), path, line => lines.Writer.TryWrite(line), stop.Token);

        var socket = await server.ReadyAsync();
        await socket.OkAsync(await socket.FrameAsync("send"), 12);
        Assert.Equal("number 12 in bob's log", await lines.Reader.ReadAsync().AsTask().Within());
        await socket.MessageAsync(1, new { text = "hi" });
        Assert.Equal("1 from bob: hi", await lines.Reader.ReadAsync().AsTask().Within());

        // The next one is asked for, so the first was handled; the way out saves and acknowledges it.
        await socket.MessageAsync(2, new { text = "ho" });
        Assert.Equal("2 from bob: ho", await lines.Reader.ReadAsync().AsTask().Within());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => example.Within());
        Assert.Equal("e1", (await new FilePositionStore(path).LoadAsync(CancellationToken.None))!.Value.Epoch);
        File.Delete(path);
    }

    [Fact]
    public void The_example_stands_in_the_readme()
    {
        var source = Resource("ReadmeExample.cs");
        var start = source.IndexOf("// <example>", StringComparison.Ordinal) + "// <example>\n".Length;
        var example = source[start..source.LastIndexOf("        // </example>", StringComparison.Ordinal)];
        var unindented = string.Join('\n', example.Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim()));

        Assert.Contains($"```csharp\n{unindented}```", Resource("README.md"), StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeExampleSpec).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
