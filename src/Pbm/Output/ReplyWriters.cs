using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Pbm.Output;

/// <summary>Writes an answer as it comes.</summary>
internal interface IReplyWriter
{
    void Write(Reply reply);

    /// <summary>The answer is over, whether it is complete or not.</summary>
    void End();
}

internal static class ReplyWriters
{
    public static IReplyWriter For(Terminal terminal, CommandDescription command, bool json) => (json, command.Streams) switch
    {
        (true, true) => new JsonLinesWriter(terminal.Out),
        (true, false) => new JsonWriter(terminal.Out, isIndented: !terminal.IsPiped),
        (false, true) => new EventWriter(terminal),
        (false, false) => new TableWriter(terminal),
    };
}
