using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Tests.Api;

/// <summary>Stands for the users' shard region: keeps what it was sent, and answers as told or, untold, as a user would.</summary>
public sealed class FakeUsers
{
    private readonly ConcurrentDictionary<UserId, List<(MessageId Id, JsonData Data)>> _logs = new();

    public ConcurrentQueue<IWithUserId> Commands { get; } = new();

    /// <summary>Answers in the entity's stead; null leaves the asker without an answer.</summary>
    public Func<IWithUserId, Task<object?>>? Answer { get; set; }

    public IReadOnlyDictionary<string, int> Shards { get; set; } = new Dictionary<string, int>();

    /// <summary>Answers nothing about shards.</summary>
    public bool IsSilent { get; set; }

    public IEnumerable<SendMessage> Sent => Commands.OfType<SendMessage>();

    public Props Props => Props.Create(() => new RegionActor(this));

    public object AnswerAsUser(IWithUserId command)
    {
        var log = _logs.GetOrAdd(command.User, _ => []);
        lock (log)
        {
            switch (command)
            {
                case SendMessage send:
                    var known = log.FindIndex(message => message.Id == send.Id);
                    if (known >= 0 && log[known].Data != send.Data) return new RequestRefused(RefusalReason.IdReused);
                    if (known < 0) log.Add((send.Id, send.Data));
                    return new MessageAccepted(send.Id, known < 0 ? log.Count : known + 1, known >= 0);
                case SendEphemeral send:
                    return new EphemeralDelivered(send.Id, 2);
                case GetUser:
                    return new UserDescribed(command.User, "", log.Count, 1, "nodeA", []);
                default:
                    return new SocketsTold(3);
            }
        }
    }

    private sealed class RegionActor : ReceiveActor
    {
        public RegionActor(FakeUsers users)
        {
            Receive<IWithUserId>(command =>
            {
                users.Commands.Enqueue(command);
                var sender = Sender;
                if (users.Answer is not { } answer) sender.Tell(users.AnswerAsUser(command));
                else answer(command).ContinueWith(reply => Reply(sender, reply.Result), TaskScheduler.Default);
            });
            Receive<GetShardRegionStats>(
                _ => !users.IsSilent,
                _ => Sender.Tell(new ShardRegionStats(ImmutableDictionary.CreateRange(users.Shards), ImmutableHashSet<string>.Empty)));
        }

        private static void Reply(IActorRef sender, object? reply)
        {
            if (reply is not null) sender.Tell(reply);
        }
    }
}
