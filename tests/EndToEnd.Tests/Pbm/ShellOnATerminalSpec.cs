using System.Diagnostics;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>pbm as a person has it before them, and as a pipe has it.</summary>
public sealed class ShellOnATerminalSpec(ShellOnATerminalSpec.Shared shared, ITestOutputHelper log) : SharedNodeSpec(shared, log), IClassFixture<ShellOnATerminalSpec.Shared>
{
    // What the prompt is drawn as; what follows is the line.
    private const string Prompt = "\u001b[36mpbm> \u001b[0m";

    private const string Tab = "\t";
    private const string Up = "\u001b[A";
    private const string ControlC = "\u0003";
    private const string ControlD = "\u0004";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly ITestOutputHelper _log = log;

    public sealed class Shared() : SharedNode(("Cluster:NodeName", "node-1"));

    [TerminalTheory]
    [InlineData(140)]
    [InlineData(0)]
    public async Task Keys_do_what_they_do_in_a_shell_and_tables_have_colours(int columns)
    {
        await using var terminal = new TerminalProcess(Node, _log, columns);
        await terminal.ShowsAsync($"{Prompt}");

        // Completed word by word, and run.
        await terminal.TypeAsync($"clu{Tab}");
        await terminal.ShowsAsync($"{Prompt}cluster ");
        await terminal.TypeAsync($"sh{Tab}");
        await terminal.ShowsAsync($"{Prompt}cluster show ");
        await terminal.TypeAsync("\r");
        await ShowsTheClusterAsync();

        // What was given before comes back.
        await terminal.TypeAsync(Up);
        await terminal.ShowsAsync($"{Prompt}cluster show");
        await terminal.TypeAsync("\r");
        await ShowsTheClusterAsync();
        Assert.Equal(["cluster show"], await File.ReadAllLinesAsync(Path.Combine(terminal.Data, "akkasockets", "pbm-history")));

        // More than one goes on as these do: they are shown.
        await terminal.TypeAsync($"cluster {Tab}");
        await terminal.ShowsAsync("down  down-unreachable  leave  show  tail");

        // Ctrl-C drops a line, ends what is followed, and leaves the shell alone.
        await terminal.TypeAsync($"nonsense{ControlC}");
        await terminal.ShowsAsync($"^C\r\n\r\u001b[J{Prompt}");
        await terminal.TypeAsync("cluster tail\r");
        await terminal.ShowsAsync("MemberUp");
        await terminal.TypeAsync(ControlC);
        await terminal.ShowsAsync(Prompt);
        await terminal.TypeAsync("nonsense\r");
        await terminal.ShowsAsync("There is no 'nonsense' here.");
        await terminal.ShowsAsync(Prompt);
        await terminal.TypeAsync("node status\r");
        await terminal.ShowsAsync("\u001b[38;5;2mready\u001b[0m");
        await terminal.ShowsAsync(Prompt);

        await terminal.TypeAsync(ControlD);
        Assert.Equal(0, await terminal.ExitAsync());

        async Task ShowsTheClusterAsync()
        {
            // As a table where that fits, and in green.
            if (columns > 0) await terminal.ShowsAsync("╭");
            await terminal.ShowsAsync("\u001b[38;5;2mUp\u001b[0m");
            await terminal.ShowsAsync(Prompt);
        }
    }

    [Theory]
    [InlineData("node config")]
    [InlineData("cluster show --json")]
    [InlineData("sockets tail")]
    [InlineData("sockets tail --json")]
    public async Task A_pipe_that_has_read_enough_ends_it_with_0(string command)
    {
        // Words of their own, so that none is a shell's.
        const string Script = """{ "$@"; echo "ended with $?" >&2; } | head -n 1""";
        var start = new ProcessStartInfo("sh", ["-c", Script, "pbm", BuiltNode.Dotnet, BuiltNode.Pbm, Node["Listen:Pbm"], .. command.Split(' '), "--timeout", "100s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        Reaper.Started(process.Id);
        try
        {
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            // Who follows something finds out when there is more to tell.
            var ended = process.WaitForExitAsync();
            await Eventually.TrueAsync(async () =>
            {
                await using var socket = (await RawSocket.ReadyAsync(Node, $"?user={User}")).Socket;
                return ended.IsCompleted;
            }, "pbm ends", Patience);
            _log.WriteLine($"{command}: {await output}{await errors}");
            Assert.Single((await output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal("ended with 0\n", await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            Reaper.Ended(process.Id);
        }
    }
}
