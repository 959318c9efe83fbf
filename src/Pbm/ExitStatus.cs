namespace AkkaSockets.Pbm;

/// <summary>What <c>pbm</c> ends with.</summary>
internal enum ExitStatus
{
    Done = 0,

    /// <summary>The command failed.</summary>
    Failed = 1,

    /// <summary>It could not connect, or was used wrongly.</summary>
    Misused = 2,
}

/// <summary>What ends a command, in a line for whoever gave it.</summary>
internal sealed class PbmException(ExitStatus status, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitStatus Status { get; } = status;
}
