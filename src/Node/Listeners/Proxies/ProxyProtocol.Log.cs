using System.Net;

namespace AkkaSockets.Node.Listeners.Proxies;

internal sealed partial class ProxyProtocol
{
    [LoggerMessage(3002, LogLevel.Warning, "Ended a connection from {Proxy}, which ProxyProtocol:Trusted includes and whose PROXY header is none: {Fault}")]
    private static partial void LogRefused(ILogger logger, EndPoint? proxy, string fault);
}
