using System.Diagnostics;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>The package, installed as its users do it, out of a folder.</summary>
public sealed class PackedToolSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task It_is_packed_installed_and_run()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"tool-{Guid.NewGuid():N}")).FullName;
        var built = new FileInfo(BuiltNode.Pbm).Directory!;
        // Nothing but this folder is asked for packages.
        var config = Path.Combine(folder, "nuget.config");
        await File.WriteAllTextAsync(config, $"""<configuration><packageSources><clear /><add key="here" value="{folder}" /></packageSources></configuration>""");

        // What the build of these tests left is packed, so that nothing is built twice at once.
        await RunAsync(BuiltNode.Dotnet, "pack", Path.Combine(NodeJs.PageFolder, "..", "..", "Pbm"), "--no-build", "--configuration", built.Parent!.Name, "--output", folder, "-nodeReuse:false");
        var tools = Path.Combine(folder, "tools");
        await RunAsync(BuiltNode.Dotnet, "tool", "install", "AkkaSockets.Pbm", "--tool-path", tools, "--configfile", config);

        var pbm = Path.Combine(tools, "pbm");
        await using var node = await NodeProcess.StartAsync(log, ("Cluster:NodeName", "packed"));
        var (status, output) = await RunAsync(pbm, node["Listen:Pbm"], "cluster", "show", "--json", "--timeout", "60s");
        Assert.Contains("\"packed\"", output, StringComparison.Ordinal);
        Assert.Equal(0, status);
        Assert.Contains("pbm", (await RunAsync(pbm, "--help")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(pbm, [$"127.0.0.1:{FreePorts.Take()}", "cluster", "show"], expected: 2)).Status);
    }

    private Task<(int Status, string Output)> RunAsync(string program, params string[] arguments) => RunAsync(program, arguments, expected: 0);

    private async Task<(int Status, string Output)> RunAsync(string program, string[] arguments, int expected)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // The tool's own starter looks for the runtime there.
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))));
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        Reaper.Started(process.Id);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Reaper.Ended(process.Id);
        log.WriteLine($"{program} {string.Join(' ', arguments)}: {process.ExitCode}{Environment.NewLine}{await output}{await errors}");
        Assert.Equal(expected, process.ExitCode);
        return (process.ExitCode, await output);
    }
}
