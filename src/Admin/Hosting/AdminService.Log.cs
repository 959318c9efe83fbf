using Microsoft.Extensions.Logging;

namespace AkkaSockets.Admin.Hosting;

internal static partial class AdminServiceLog
{
    // The names are those of a palette and a command that exist: others never get this far.
    [LoggerMessage(5001, LogLevel.Error, "pbm {Palette} {Command} failed")]
    public static partial void CommandFailed(this ILogger<AdminService> log, string palette, string command, Exception fault);
}
