using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A TCP relay to a loopback port, which can hold answers back for a while and cut what goes through it.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, FreePorts.Take());
    private readonly int _target;
    private readonly ConcurrentDictionary<TcpClient, Task> _clients = [];
    private readonly Task _accepting;
    private long _delayTicks;

    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string ConnectionString => _listener.LocalEndpoint.ToString()!;

    /// <summary>How much later than they came answers are passed on.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    /// <summary>Resets every connection; what is on the way is gone. New ones are taken.</summary>
    public void Cut()
    {
        foreach (var client in _clients.Keys) client.Client.Close(0);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Cut();
        await Task.WhenAll(_clients.Values);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients[client] = Task.CompletedTask;
                _clients[client] = ServeAsync(client);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(
                PassAsync(client.GetStream(), server.GetStream(), isAnswer: false),
                PassAsync(server.GetStream(), client.GetStream(), isAnswer: true)).Unwrap();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side's end is the other's.
        }
        client.Dispose();
        _clients.TryRemove(client, out _);
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        var onTheWay = Channel.CreateUnbounded<(DateTime Due, byte[] Bytes)>();
        var writing = WriteAsync(onTheWay.Reader, to);
        try
        {
            var buffer = new byte[64 * 1024];
            while (!writing.IsCompleted && await from.ReadAsync(buffer) is > 0 and var read)
                onTheWay.Writer.TryWrite((DateTime.UtcNow + (isAnswer ? Delay : TimeSpan.Zero), buffer[..read]));
        }
        finally
        {
            onTheWay.Writer.Complete();
        }
        await writing;
    }

    private static async Task WriteAsync(ChannelReader<(DateTime Due, byte[] Bytes)> onTheWay, NetworkStream to)
    {
        await foreach (var (due, bytes) in onTheWay.ReadAllAsync())
        {
            if (due - DateTime.UtcNow is var left && left > TimeSpan.Zero) await Task.Delay(left);
            await to.WriteAsync(bytes);
        }
    }
}
