using System.CommandLine.Parsing;
using AkkaSockets.Pbm.CommandLine;
using AkkaSockets.Pbm.Connections;
using AkkaSockets.Pbm.Output;

namespace AkkaSockets.Pbm.Shell;

/// <summary>Takes a command a line, from the keyboard with a prompt, or from whatever is piped in.</summary>
internal sealed class CommandShell(Terminal terminal, CommandStop stop, MemberConnection connection, GivenArguments given)
{
    private const string Prompt = "pbm> ";

    /// <returns>What the last command ended with.</returns>
    /// <exception cref="PbmException">The member can't be reached at the beginning.</exception>
    public async Task<ExitStatus> RunAsync()
    {
        CommandTree tree;
        using (stop.Begin(out var cancelled))
        {
            var member = await connection.DescribeAsync(cancelled).ConfigureAwait(false);
            tree = new CommandTree(member);
            if (terminal.IsTyped)
                await terminal.Out.WriteLineAsync($"{SafeText.Of(member.Member)}, version {SafeText.Of(member.Version)}. help lists the commands, exit leaves.").ConfigureAwait(false);
        }
        var editor = terminal.IsTyped ? new LineEditor(Prompt, new History(terminal.HistoryFile), text => Completion.Of(tree, text)) : null;
        var status = ExitStatus.Done;
        while ((editor is null ? await terminal.In.ReadLineAsync().ConfigureAwait(false) : editor.Read()) is { } line)
        {
            var words = CommandLineParser.SplitCommandLine(line).ToList();
            if (words is [] || words[0].StartsWith('#')) continue;
            if (words is ["exit" or "quit"]) break;
            // The old way to ask for help, as well as --help.
            if (words[0] == "help") words = [.. words.Skip(1), "--help"];
            status = await RunAsync(tree, words).ConfigureAwait(false);
        }
        return status;
    }

    private async Task<ExitStatus> RunAsync(CommandTree tree, IReadOnlyList<string> words)
    {
        using var running = stop.Begin(out var cancelled);
        try
        {
            return await new PbmApp(terminal, stop).RunAsync(connection, tree, words, given.Json, cancelled).ConfigureAwait(false);
        }
        catch (PbmException fault)
        {
            await terminal.TellAsync(fault.Message).ConfigureAwait(false);
            return fault.Status;
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Failed;
        }
    }
}
