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
    private WriteRejectedException? _rejection;
    private IActorRef _saver = ActorRefs.Nobody;
    private IActorRef _deleter = ActorRefs.Nobody;

    public Ledger(string persistenceId, Action<Exception> failed)
    {
        PersistenceId = persistenceId;
        _failed = failed;
        Recover<Note>(n => _texts.Add(n.Text));
        Recover<SnapshotOffer>(o => _texts.AddRange(((Note)o.Snapshot).Text.Split('\n')));
        Command<Add>(Append);
        Command<Get>(_ => Sender.Tell(_texts.ToArray()));
        Command<Save>(_ =>
        {
            _saver = Sender;
            SaveSnapshot(new Note(string.Join('\n', _texts)));
        });
        Command<Delete>(_ =>
        {
            _deleter = Sender;
            DeleteMessages(SnapshotSequenceNr);
        });
        Command<DeleteMessagesSuccess>(_ => _deleter.Tell(new Deleted()));
        Command<DeleteMessagesFailure>(f => _deleter.Tell(new Status.Failure(f.Cause)));
        Command<SaveSnapshotSuccess>(_ => _saver.Tell(new Saved()));
        Command<SaveSnapshotFailure>(f => _saver.Tell(new Status.Failure(new SnapshotNotSavedException(f.Cause))));
    }

    public sealed record Add(params string[] Texts);

    public sealed record Added;

    public sealed record Get;

    public sealed record Save;

    public sealed record Saved;

    public sealed record Delete;

    public sealed record Deleted;

    public override string PersistenceId { get; }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _failed(cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        _rejection = new WriteRejectedException(cause);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _failed(reason);

    private void Append(Add command)
    {
        var news = command.Texts.Except(_texts).Select(t => new Note(t)).ToArray();
        PersistAll(news, n => _texts.Add(n.Text));
        var sender = Sender;
        DeferAsync(command, _ =>
        {
            sender.Tell(_rejection is { } rejection ? new Status.Failure(rejection) : new Added());
            _rejection = null;
        });
    }
}

/// <summary>The journal rejected an event, rather than failing its write: the ledger lives on.</summary>
public sealed class WriteRejectedException(Exception cause) : Exception(cause.Message, cause);

/// <summary>The snapshot store did not take a snapshot; the ledger lives on.</summary>
public sealed class SnapshotNotSavedException(Exception cause) : Exception(cause.Message, cause);
