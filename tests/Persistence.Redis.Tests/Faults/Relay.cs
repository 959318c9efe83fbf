using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using AkkaSockets.Persistence.Redis.Tests.Servers;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Stands between a client and a server, and does to their connections what a bad network does.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _links = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _refusing;
    private volatile bool _losingAnswers;
    private long _delayTicks;

    /// <param name="target">The server's port.</param>
    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}{Patience.Options}";

    /// <summary>How long each byte is under way, in each direction; what follows on another is not held up by it.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    /// <summary>Whether what the server says is thrown away, while it gets what it is told.</summary>
    public bool LosingAnswers { get => _losingAnswers; set => _losingAnswers = value; }

    /// <summary>Whether new connections are closed at once.</summary>
    public bool Refusing { get => _refusing; set => _refusing = value; }

    /// <summary>Breaks all connections, in the middle of whatever is under way.</summary>
    public void Cut()
    {
        foreach (var (client, server) in _links)
        {
            client.Close();
            server.Close();
        }
    }

    /// <summary>Breaks all connections and lets answers through on those that come after, and on none of those that are.</summary>
    public void CutAndHeal()
    {
        Refusing = true;
        Cut();
        LosingAnswers = false;
        Refusing = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                running.RemoveAll(r => r.IsCompleted);
                running.Add(JoinAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        if (Refusing) return;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            _links[client] = server;
            await Task.WhenAny(
                CarryAsync(client.GetStream(), server.GetStream(), answers: false), CarryAsync(server.GetStream(), client.GetStream(), answers: true));
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The server is away, or the relay ends: to the client both look like a broken connection.
        }
        finally
        {
            _links.TryRemove(client, out var _);
        }
    }

    private async Task CarryAsync(NetworkStream from, NetworkStream to, bool answers)
    {
        var underWay = Channel.CreateUnbounded<(DateTime Due, byte[] Bytes)>();
        var handing = HandOnAsync(underWay.Reader, to);
        try
        {
            var buffer = new byte[65536];
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                if (answers && LosingAnswers) continue;
                underWay.Writer.TryWrite((DateTime.UtcNow + Delay, buffer.AsSpan(0, read).ToArray()));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As above.
        }
        underWay.Writer.Complete();
        await handing;
    }

    private async Task HandOnAsync(ChannelReader<(DateTime Due, byte[] Bytes)> underWay, NetworkStream to)
    {
        try
        {
            await foreach (var (due, bytes) in underWay.ReadAllAsync(_stop.Token))
            {
                if (due - DateTime.UtcNow is { Ticks: > 0 } left) await Task.Delay(left, _stop.Token);
                await to.WriteAsync(bytes, _stop.Token);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As above.
        }
    }

    private static bool IsEnd(Exception e) =>
        e is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException;
}
