using System.Net.WebSockets;

namespace AkkaSockets.Client.Connections;

/// <summary>Opens sockets.</summary>
internal sealed class Connector(AkkaSocketsClientOptions options)
{
    private const string Subprotocol = "akkasockets.v1.json";

    private readonly HttpMessageInvoker invoker =
        new(new UpgradeInvoker(options.Invoker ?? UpgradeInvoker.Shared, options.TimeProvider), disposeHandler: false);

    /// <exception cref="UpgradeRefusedException">The server answered, and refused.</exception>
    /// <exception cref="WebSocketException">No answer, or none that makes sense.</exception>
    public async Task<WebSocket> OpenAsync(Uri url, string? token, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(Subprotocol);
            socket.Options.KeepAliveInterval = options.KeepAliveInterval;
            socket.Options.KeepAliveTimeout = options.KeepAliveTimeout;
            if (token is not null) socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            await socket.ConnectAsync(url, invoker, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException failed) when (Refusal(failed) is { } refused)
        {
            socket.Dispose();
            throw refused;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static UpgradeRefusedException? Refusal(Exception? failed)
    {
        while (failed is not null and not UpgradeRefusedException) failed = failed.InnerException;
        return failed as UpgradeRefusedException;
    }
}
