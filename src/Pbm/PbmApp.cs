using System.CommandLine;
using System.CommandLine.Help;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Pbm.CommandLine;
using AkkaSockets.Pbm.Connections;
using AkkaSockets.Pbm.Output;
using AkkaSockets.Pbm.Shell;

namespace AkkaSockets.Pbm;

/// <summary>Runs <c>pbm</c>: one command, or a shell.</summary>
internal sealed class PbmApp(Terminal terminal, CommandStop stop)
{
    public async Task<ExitStatus> RunAsync(IReadOnlyList<string> args)
    {
        try
        {
            var given = GivenArguments.Read(args, terminal.Token);
            if (given.Words is ["--version"]) return Show(new CommandTree(null).Parse(given.Words));
            using var connection = new MemberConnection(given.Member, given.Token, given.Timeout);
            return given.Words.Count == 0
                ? await new CommandShell(terminal, stop, connection, given).RunAsync().ConfigureAwait(false)
                : await RunOnceAsync(connection, given).ConfigureAwait(false);
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever read the answer has read enough (pbm … | head), or nobody is to read it (>&-).
            return ExitStatus.Done;
        }
    }

    private async Task<ExitStatus> RunOnceAsync(MemberConnection connection, GivenArguments given)
    {
        using var running = stop.Begin(out var cancelled);
        MemberDescription? member = null;
        try
        {
            member = await connection.DescribeAsync(cancelled).ConfigureAwait(false);
        }
        catch (PbmException fault) when (given.WantsHelp)
        {
            // Help is help; the commands are the member's to tell.
            await terminal.TellAsync($"{fault.Message} The commands are not shown: a member tells them.").ConfigureAwait(false);
            return Show(new CommandTree(null).Parse(["--help"]));
        }
        return await RunAsync(connection, new CommandTree(member), given.Words, given.Json, cancelled).ConfigureAwait(false);
    }

    /// <summary>One line of words, by the member's grammar.</summary>
    /// <exception cref="PbmException">It is used wrongly, or fails.</exception>
    internal async Task<ExitStatus> RunAsync(MemberConnection connection, CommandTree tree, IReadOnlyList<string> words, bool json, CancellationToken cancelled)
    {
        var parsed = tree.Parse(words);
        if (parsed.Action is HelpAction) return Show(parsed);
        if (parsed.Errors.Count > 0 || tree.RequestOf(parsed) is not { } asked)
            throw new PbmException(ExitStatus.Misused, $"{FaultOf(parsed)} {tree.HintFor(parsed)}");

        var writer = ReplyWriters.For(terminal, asked.Command, json || parsed.GetValue(tree.Json));
        try
        {
            await foreach (var reply in connection.RunAsync(asked.Request, cancelled).ConfigureAwait(false)) writer.Write(reply);
        }
        catch (OperationCanceledException) when (asked.Command.Streams)
        {
            // That is how one that streams ends.
        }
        finally
        {
            writer.End();
        }
        return ExitStatus.Done;
    }

    /// <summary>A word that means nothing says more than what is missing without it.</summary>
    private static string FaultOf(ParseResult parsed) => parsed.UnmatchedTokens is [var word, ..]
        ? $"There is no '{word}' here."
        : parsed.Errors.FirstOrDefault()?.Message ?? "That is no command.";

    private ExitStatus Show(ParseResult parsed) =>
        (ExitStatus)parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false });
}
