using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Tests.Sockets;

namespace AkkaSockets.Cluster.Tests;

/// <summary>A user's socket: it drains what is written to it and remembers what matters.</summary>
internal sealed class TestSocket
{
    private readonly List<long> _seqs = [];
    private readonly List<string> _reconnects = [];
    private string _node = "";

    public TestSocket(UserId user)
    {
        User = user;
        Web.Written = OnFrame;
    }

    public UserId User { get; }

    public FakeWebSocket Web { get; } = new();

    public IActorRef Handler { get; set; } = ActorRefs.Nobody;

    /// <summary>Each durable message's seq, as it was written.</summary>
    public long[] Seqs
    {
        get
        {
            lock (_seqs) return [.. _seqs];
        }
    }

    /// <summary>The reasons of the reconnect frames it got.</summary>
    public string[] Reconnects
    {
        get
        {
            lock (_seqs) return [.. _reconnects];
        }
    }

    /// <summary>The owner that <c>ready</c> named; empty before.</summary>
    public string Node
    {
        get
        {
            lock (_seqs) return _node;
        }
    }

    public void Close() => Handler.Tell(new SocketEnded(CloseCode.Normal));

    private void OnFrame(System.Text.Json.JsonElement frame)
    {
        lock (_seqs)
        {
            switch (frame.GetProperty("type").GetString())
            {
                case "ready": _node = frame.GetProperty("node").GetString()!; break;
                case "msg" when frame.TryGetProperty("seq", out var seq): _seqs.Add(seq.GetInt64()); break;
                case "reconnect": _reconnects.Add(frame.GetProperty("reason").GetString()!); break;
            }
        }
    }
}
