using System.Net.WebSockets;

namespace AkkaSockets.Client.Connections;

/// <summary>
/// The one writer of a socket: frames go out in the order they came in. It runs only while there is something to write, so
/// a quiet socket holds no task for it. What bounds the queue is who writes: sends by their capacity, the rest by nature.
/// </summary>
internal sealed class SocketWriter(WebSocket socket)
{
    private readonly Lock gate = new();
    private Queue<byte[]>? queue;
    private bool writing, closing;
    private WebSocketCloseStatus closeCode;
    private string closeReason = "";

    /// <summary>False once a close was asked for.</summary>
    public bool Write(byte[] frame)
    {
        lock (gate)
        {
            if (closing) return false;
            (queue ??= new Queue<byte[]>(1)).Enqueue(frame);
            if (writing) return true;
            writing = true;
        }

        _ = DrainAsync();
        return true;
    }

    /// <summary>Says goodbye behind the frames that are queued. Once is enough; more calls do nothing.</summary>
    public void Close(int code, string reason)
    {
        lock (gate)
        {
            if (closing) return;
            closing = true;
            (closeCode, closeReason) = ((WebSocketCloseStatus)code, reason);
            if (writing) return;
            writing = true;
        }

        _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        try
        {
            while (true)
            {
                byte[]? frame = null;
                lock (gate)
                {
                    if (queue?.TryDequeue(out frame) != true && !closing)
                    {
                        writing = false;
                        return;
                    }
                }

                // Nobody resets "writing" after the close: it is the last thing written.
                if (frame is null)
                {
                    await socket.CloseOutputAsync(closeCode, closeReason, CancellationToken.None).ConfigureAwait(false);
                    if (socket.State != WebSocketState.CloseSent) socket.Dispose();
                    return;
                }

                await socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException
            or InvalidOperationException or IOException)
        {
            // The read loop finds the socket aborted and tells why.
            socket.Abort();
        }
    }
}
