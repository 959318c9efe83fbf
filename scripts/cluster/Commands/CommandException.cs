namespace AkkaSockets.LocalCluster.Commands;

/// <summary>A command that can't be done; the message is told, and the next command taken.</summary>
internal sealed class CommandException(string message) : Exception(message);
