using Akka.Actor;
using Akka.Persistence;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>
/// A persistent actor that keeps a list, and takes each text once: a text that it has is acknowledged again, not stored again.
/// </summary>
public sealed class Ledger : ReceivePersistentActor
{
    private readonly List<string> _texts = [];
    private readonly Action<Exception> _failed;

    public Ledger(string persistenceId, Action<Exception> failed)
    {
        PersistenceId = persistenceId;
        _failed = failed;
        Recover<Note>(n => _texts.Add(n.Text));
        Recover<SnapshotOffer>(o => _texts.AddRange(((Note)o.Snapshot).Text.Split('\n')));
        Command<Add>(Append);
        Command<Get>(_ => Sender.Tell(_texts.ToArray()));
        Command<Save>(_ => SaveSnapshot(new Note(string.Join('\n', _texts))));
        Command<SaveSnapshotSuccess>(_ => { });
        Command<SaveSnapshotFailure>(f => failed(f.Cause));
    }

    public sealed record Add(params string[] Texts);

    public sealed record Added;

    public sealed record Get;

    public sealed record Save;

    public override string PersistenceId { get; }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _failed(cause);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _failed(reason);

    private void Append(Add command)
    {
        var news = command.Texts.Except(_texts).Select(t => new Note(t)).ToArray();
        PersistAll(news, n => _texts.Add(n.Text));
        var sender = Sender;
        DeferAsync(command, _ => sender.Tell(new Added()));
    }
}
