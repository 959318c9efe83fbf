using System.Net;
using System.Net.Sockets;

namespace AkkaSockets.Load;

/// <summary>
/// Opens TCP connections as a plain balancer before the given addresses would: those to the name that stands for all of them go to each in turn, and on to
/// the next where nobody listens. Connections to any other name, as <c>reconnect</c> frames give them, go where it says.
/// </summary>
internal sealed class Dialer : IDisposable
{
    /// <summary>RFC 6761 §6.4: no server has such a name.</summary>
    private const string Balanced = "balanced.invalid";

    // ip(7): the port is chosen with the connection, so that one port can serve several destinations. Not in .NET's enumerations.
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;

    private readonly IReadOnlyList<Uri> _urls;
    private readonly IReadOnlyList<IPAddress> _sources;
    private readonly SocketsHttpHandler _handler;
    private int _next, _nextSource;

    public Dialer(LoadOptions options)
    {
        (_urls, _sources) = (options.Urls, options.SourceAddresses);
        Url = _urls.Count == 1 ? _urls[0] : new UriBuilder(_urls[0]) { Host = Balanced }.Uri;
        _handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync };
        Invoker = new HttpMessageInvoker(_handler);
    }

    /// <summary>Where a user connects.</summary>
    public Uri Url { get; }

    public HttpMessageInvoker Invoker { get; }

    public void Dispose() => Invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var named = context.DnsEndPoint;
        if (named.Host != Balanced) return await ConnectAsync(named.Host, named.Port, stop).ConfigureAwait(false);
        var first = (uint)Interlocked.Increment(ref _next);
        for (var tried = 0u; ; tried++)
        {
            var url = _urls[(int)((first + tried) % _urls.Count)];
            try
            {
                return await ConnectAsync(url.Host, url.Port, stop).ConfigureAwait(false);
            }
            catch (SocketException) when (tried + 1 < _urls.Count)
            {
                // The next one.
            }
        }
    }

    private async Task<Stream> ConnectAsync(string host, int port, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (_sources.Count > 0)
            {
                socket.Dispose();
                var source = _sources[(int)((uint)Interlocked.Increment(ref _nextSource) % _sources.Count)];
                socket = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(IpLevel, BindAddressNoPort, [1, 0, 0, 0]);
                socket.Bind(new IPEndPoint(source, 0));
            }
            await socket.ConnectAsync(host, port, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
