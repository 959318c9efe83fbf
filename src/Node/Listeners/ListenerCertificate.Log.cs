namespace AkkaSockets.Node.Listeners;

public sealed partial class ListenerCertificate
{
    [LoggerMessage(3003, LogLevel.Information, "New connections get the certificate that is in {Path} now; it is valid until {NotAfter:u}")]
    private static partial void LogTaken(ILogger logger, string path, DateTime notAfter);

    [LoggerMessage(3004, LogLevel.Warning, "The certificate in {Path} has changed and can't be used; connections get the one before: {Fault}")]
    private static partial void LogKept(ILogger logger, string path, string fault);
}
