using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AkkaSockets.Node.Tests.Listeners;

/// <summary>A connection whose other side is the test.</summary>
internal sealed class FakeConnection : DefaultConnectionContext
{
    /// <param name="from">Where it comes from; by default as it comes on a listener for both families.</param>
    public FakeConnection(string from = "::ffff:10.1.2.3")
    {
        var (up, down) = (new Pipe(), new Pipe());
        Transport = new Duplex(up.Reader, down.Writer);
        Client = new Duplex(down.Reader, up.Writer);
        RemoteEndPoint = new IPEndPoint(IPAddress.Parse(from), 40_000);
    }

    public IDuplexPipe Client { get; }

    public bool IsAborted { get; private set; }

    public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
