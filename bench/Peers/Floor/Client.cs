using System.Net.WebSockets;
using System.Text.Json;

namespace AkkaSockets.FloorPeer;

/// <summary>One socket: a loop that reads, and one writer at a time.</summary>
internal sealed class Client(WebSocket socket, string user, Users users)
{
    private static readonly ReadOnlyMemory<byte> Ready = """{"type":"ready"}"""u8.ToArray();

    // As in the documentation's samples.
    private readonly byte[] _buffer = new byte[1024 * 4];
    private readonly SemaphoreSlim _writer = new(1);

    public async Task RunAsync(CancellationToken stop)
    {
        users.Add(user, this);
        try
        {
            await SendAsync(Ready, stop);
            while (true)
            {
                var received = await socket.ReceiveAsync(_buffer.AsMemory(), stop);
                if (received.MessageType == WebSocketMessageType.Close) break;
                // Its frames are small: one that does not fit in the buffer is not for this server.
                if (!received.EndOfMessage) break;
                await ForwardAsync(_buffer.AsMemory(0, received.Count), stop);
            }
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone.
        }
        finally
        {
            users.Remove(user, this);
        }
    }

    private async Task ForwardAsync(ReadOnlyMemory<byte> text, CancellationToken stop)
    {
        using var frame = JsonDocument.Parse(text);
        var to = frame.RootElement.GetProperty("to").GetString()!;
        var message = JsonSerializer.SerializeToUtf8Bytes(new Message("msg", user, frame.RootElement.GetProperty("data")), MessageJson.Default.Message);
        foreach (var client in users[to])
        {
            try
            {
                await client.SendAsync(message, stop);
            }
            catch (Exception fault) when (fault is WebSocketException or IOException)
            {
                // That one is gone, which its own loop sees.
            }
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        await _writer.WaitAsync(stop);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        finally
        {
            _writer.Release();
        }
    }
}
