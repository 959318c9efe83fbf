namespace AkkaSockets.Admin.Palettes;

/// <summary>
/// Commands that belong together, a module of <c>pbm</c>. One file has a palette's commands, one line registers it
/// (<c>AddPalette&lt;T&gt;</c>), and clients find it when they connect.
/// </summary>
public interface IPalette
{
    /// <summary>Small letters and dashes.</summary>
    string Name { get; }

    /// <summary>One sentence.</summary>
    string Help { get; }

    IReadOnlyList<Command> Commands { get; }
}

/// <summary>One command.</summary>
/// <param name="Name">Small letters and dashes.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Handler">
/// Writes the answer. It ends early when <see cref="CommandRun.Stop"/> is cancelled, since then nobody reads, and throws
/// <see cref="CommandFailedException"/> where the command can't be carried out.
/// </param>
public sealed record Command(string Name, string Help, Func<CommandRun, Task> Handler)
{
    public IReadOnlyList<Switch> Switches { get; init; } = [];

    /// <summary>The answer goes on until the client cancels.</summary>
    public bool Streams { get; init; }
}

/// <summary>A command under way.</summary>
/// <param name="Stop">Cancelled when the client has gone, or the member stops.</param>
public sealed record CommandRun(SwitchValues Switches, Answer Answer, CancellationToken Stop);

/// <summary>The command was understood and can't be carried out. The message is told to whoever gave it.</summary>
public sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The command was used wrongly. The message says how it is used.</summary>
public sealed class CommandMisusedException(string message) : Exception(message);
