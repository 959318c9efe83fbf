using System.Net;
using System.Text;
using AkkaSockets.Node.Listeners;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AkkaSockets.Node.Sockets.Direct;

/// <summary>A handshake in the shape that <see cref="UpgradeChecks"/> and <see cref="UpgradeHandshake"/> know: an <see cref="HttpContext"/>, which nothing keeps once the socket is there.</summary>
internal static class HandshakeRequest
{
    public static HttpContext Of(HandshakeHead head, ConnectionContext connection)
    {
        var response = new HttpResponseFeature();
        var remote = (IPEndPoint)connection.RemoteEndPoint!;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = HttpMethods.Get,
            Path = HandshakeHead.Path,
            QueryString = head.QueryString,
            RawTarget = HandshakeHead.Path + head.QueryString,
            Protocol = "HTTP/1.1",
            Scheme = "http",
            Headers = head.Headers,
        });
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { ConnectionId = connection.ConnectionId, RemoteIpAddress = remote.Address, RemotePort = remote.Port });
        features.Set<IHttpUpgradeFeature>(new Upgrade(connection, response));
        features.Set<IHttpRequestLifetimeFeature>(new Lifetime(connection));
        features.Set(connection.Features.Get<Handshake>());
        return new DefaultHttpContext(features);
    }

    /// <summary>Answers 101 with the response's fields (RFC 6455 §4.2.2, step 5).</summary>
    private sealed class Upgrade(ConnectionContext connection, HttpResponseFeature response) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public async Task<Stream> UpgradeAsync()
        {
            var head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
            foreach (var (name, values) in response.Headers) Append(head, name, values);
            await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString())).ConfigureAwait(false);
            return new TransportStream(connection);
        }

        private static void Append(StringBuilder head, string name, StringValues values) => head.Append(name).Append(": ").Append(values.ToString()).Append("\r\n");
    }

    private sealed class Lifetime(ConnectionContext connection) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted
        {
            get => connection.ConnectionClosed;
            set => throw new NotSupportedException();
        }

        public void Abort() => connection.Abort(new ConnectionAbortedException("The socket was given up."));
    }
}
