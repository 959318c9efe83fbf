using Akka.Actor;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// How many sockets of a node may attach again at a time. After a hand-off, a lost node or a store's outage everybody wants to at once, and each may need a recovery: the
/// rest wait in line, so the pace is the store's own. A socket that attaches for the first time needs no turn, the accept limit holds those back.
/// </summary>
/// <param name="atOnce">Turns that are out at a time.</param>
public sealed class AttachTurns(int atOnce)
{
    private readonly Lock _gate = new();
    private readonly Queue<AttachTurn> _waiting = [];
    private int _out;

    /// <summary>Takes a turn, or a place in the line: then <paramref name="handler"/> is told <see cref="AttachTurnCame"/>.</summary>
    internal AttachTurn Take(IActorRef handler)
    {
        lock (_gate)
        {
            var turn = new AttachTurn(handler) { HasCome = _out < atOnce };
            if (turn.HasCome) _out++;
            else _waiting.Enqueue(turn);
            return turn;
        }
    }

    /// <summary>Gives a turn back, or the place in the line; more than once does nothing.</summary>
    internal void Return(AttachTurn turn)
    {
        lock (_gate)
        {
            if (turn.IsOver) return;
            turn.IsOver = true;
            if (!turn.HasCome) return;
            while (_waiting.TryDequeue(out var next))
            {
                if (next.IsOver) continue;
                next.HasCome = true;
                next.Handler.Tell(new AttachTurnCame(next));
                return;
            }
            _out--;
        }
    }
}

/// <summary>One socket's turn to attach again.</summary>
internal sealed class AttachTurn(IActorRef handler)
{
    public IActorRef Handler => handler;

    public bool HasCome { get; set; }

    public bool IsOver { get; set; }
}

/// <summary>The turn that was waited for has come.</summary>
internal sealed record AttachTurnCame(AttachTurn Turn) : ISocketMessage;
