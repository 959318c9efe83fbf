using System.Buffers;
using System.Net.WebSockets;
using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>Lives through a connection, from the accepted socket to its end.</summary>
public sealed class SocketConnection(IRequiredActor<SocketsActor> sockets, SocketContext context)
{
    // A whole frame has its data's limit and room for the other properties.
    private const int FrameOverhead = 4096;

    /// <summary>A connection's whole life: a handler is opened, frames are read until the end, the handler is told.</summary>
    public async Task RunAsync(AcceptedSocket accepted)
    {
        if (await OpenAsync(accepted).ConfigureAwait(false) is not { } opened) return;
        var (handler, outbox) = (opened.Handler, opened.Outbox);
        NodeMeters.Connections.Add(1);
        var end = new SocketEnded(CloseCode.Lost);
        try
        {
            end = await ReadFramesAsync(accepted.Socket, handler, outbox).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            end = new SocketEnded(CodeOf(accepted.Socket));
        }
        finally
        {
            outbox.Stop();
            handler.Tell(end);
            NodeMeters.Connections.Add(-1);
        }
    }

    /// <summary>Null when the node is too busy to begin, which the client is told.</summary>
    private async Task<SocketOpened?> OpenAsync(AcceptedSocket accepted)
    {
        try
        {
            var parent = await sockets.GetAsync().ConfigureAwait(false);
            return await parent.Ask<SocketOpened>(new OpenSocket(accepted), context.Delivery.Deadline).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            await accepted.Socket.CloseOutputAsync((WebSocketCloseStatus)(int)CloseCode.Overload, "this node is too busy; back off", CancellationToken.None).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<SocketEnded> ReadFramesAsync(WebSocket socket, IActorRef handler, Outbox outbox)
    {
        var limits = context.Limits;
        var gate = new FrameGate(limits.FramesPerSecond, limits.FrameBurst, context.Time.GetTimestamp());
        while (true)
        {
            var received = await FrameReader.ReadAsync(socket, limits.FrameBytes + FrameOverhead).ConfigureAwait(false);
            switch (received.Kind)
            {
                case ReceivedKind.Close:
                    // After the server's own close this is the client's answer to it, and the first one counts.
                    await outbox.CloseAsync(CloseCode.Normal, "closed by the client").ConfigureAwait(false);
                    return new SocketEnded(CloseCode.Normal);
                case ReceivedKind.Binary:
                    handler.Tell(new FaultReceived(CloseCode.BinaryFrame, "frames are text"));
                    await DiscardAsync(socket).ConfigureAwait(false);
                    continue;
                case ReceivedKind.TooBig:
                    handler.Tell(new FaultReceived(CloseCode.FrameTooBig, $"a frame may have {limits.FrameBytes + FrameOverhead} bytes"));
                    await DiscardAsync(socket).ConfigureAwait(false);
                    continue;
            }
            var frame = Parse(received);
            switch (gate.Next(context.Time.GetTimestamp(), context.Time))
            {
                case FrameVerdict.Admitted when frame is OpenFrame open:
                    // Here and not in the handler, so that the frames behind it wait for the token to be checked.
                    handler.Tell(new OpenReceived(open, await context.Tokens.ValidateAsync(open.Token).ConfigureAwait(false)));
                    break;
                case FrameVerdict.Admitted:
                    handler.Tell(new FrameReceived(frame));
                    break;
                case FrameVerdict.Refused:
                    handler.Tell(new FrameReceived(new InvalidFrame(ErrorCode.RateLimited, $"{limits.FramesPerSecond} frames a second are allowed.", IdOf(frame))));
                    break;
                default:
                    handler.Tell(new FaultReceived(CloseCode.RateLimitAbuse, "went on sending above the rate limit"));
                    await DiscardAsync(socket).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Reads on and drops it all until the client answers the close, or the outbox aborts: a frame that nobody reads would hold its answer up.</summary>
    private static async Task DiscardAsync(WebSocket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ClientFrame Parse(Received received)
    {
        var frame = ClientFrameReader.Read(received.Text, context.Limits.FrameBytes);
        // The buffer goes back to the pool; of what was read only the data is worth a copy.
        if (frame is SendFrame send) frame = send with { Data = new JsonData(send.Data.Utf8.ToArray()) };
        ArrayPool<byte>.Shared.Return(received.Buffer!);
        return frame;
    }

    private static string? IdOf(ClientFrame frame) => frame switch
    {
        SendFrame { Id.IsNone: false } send => send.Id.Value,
        InvalidFrame invalid => invalid.Id,
        _ => null,
    };

    private static CloseCode CodeOf(WebSocket socket) => socket.CloseStatus is { } status ? (CloseCode)(int)status : CloseCode.Lost;
}
