using System.Text.Json;
using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Tests.Sockets;

namespace AkkaSockets.Cluster.Tests;

/// <summary>A user's socket: it drains what is written to it and remembers what matters.</summary>
internal sealed class TestSocket
{
    private readonly Lock _gate = new();
    private readonly List<long> _seqs = [];
    private readonly List<string> _reconnects = [];
    private readonly Task<IActorRef> _handler;
    private string _epoch = "";
    private string _node = "";
    private string? _url;
    private int _ephemeral;

    public TestSocket(UserId user, TestNode on, Func<System.Net.WebSockets.WebSocket, Task<IActorRef>> open)
    {
        (User, On) = (user, on);
        Web.Written = OnFrame;
        _handler = open(Web);
        _ = EndWhenClosedAsync();
    }

    public UserId User { get; }

    /// <summary>Where it was accepted.</summary>
    public TestNode On { get; }

    public FakeWebSocket Web { get; } = new();

    /// <summary>Each durable message's seq, as it was written.</summary>
    public long[] Seqs
    {
        get
        {
            lock (_gate) return [.. _seqs];
        }
    }

    /// <summary>How many ephemeral messages it got.</summary>
    public int Ephemeral
    {
        get
        {
            lock (_gate) return _ephemeral;
        }
    }

    /// <summary>The reasons of the reconnect frames it got.</summary>
    public string[] Reconnects
    {
        get
        {
            lock (_gate) return [.. _reconnects];
        }
    }

    /// <summary>The owner that <c>ready</c> named; empty before.</summary>
    public string Node
    {
        get
        {
            lock (_gate) return _node;
        }
    }

    /// <summary>What the last reconnect frame named.</summary>
    public string? Url
    {
        get
        {
            lock (_gate) return _url;
        }
    }

    /// <summary>From where a client of this socket would resume.</summary>
    public ResumePoint Position
    {
        get
        {
            lock (_gate) return new ResumePoint(_epoch, _seqs.LastOrDefault());
        }
    }

    public async Task TellAsync(object message) => (await _handler).Tell(message);

    /// <summary>Goes away, as a client does.</summary>
    public Task CloseAsync() => TellAsync(new SocketEnded(CloseCode.Normal));

    /// <summary>A client answers the server's close.</summary>
    private async Task EndWhenClosedAsync()
    {
        var (code, _) = await Web.Closed.Task;
        await TellAsync(new SocketEnded((CloseCode)code));
    }

    private void OnFrame(JsonElement frame)
    {
        lock (_gate)
        {
            switch (frame.GetProperty("type").GetString())
            {
                case "ready":
                    (_node, _epoch) = (frame.GetProperty("node").GetString()!, frame.GetProperty("epoch").GetString()!);
                    break;
                case "msg" when frame.TryGetProperty("seq", out var seq):
                    _seqs.Add(seq.GetInt64());
                    break;
                case "msg":
                    _ephemeral++;
                    break;
                case "reconnect":
                    _reconnects.Add(frame.GetProperty("reason").GetString()!);
                    _url = frame.TryGetProperty("url", out var url) ? url.GetString() : null;
                    break;
            }
        }
    }
}
