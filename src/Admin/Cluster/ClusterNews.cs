using System.Diagnostics;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Admin.Cluster;

/// <summary>
/// Follows all members of a kind, for the time of a command: those that are there, and those that join meanwhile. Who has not begun to tell is asked again, since one that
/// joins is a member before it listens; who is silent, from the beginning or later, is named.
/// </summary>
public sealed class ClusterNews(ActorSystem system, Members members, FollowTopic topic, Func<Member, bool> which) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly CommandInbox _inbox = new(system);
    private readonly HashSet<UniqueAddress> _followed = [];
    private readonly Dictionary<string, Unheard> _unheard = new(StringComparer.Ordinal);

    /// <summary>What they tell, until <paramref name="stop"/>; who is silent is named in the answer.</summary>
    public async IAsyncEnumerable<IAdminReply> ReadAsync(Answer answer, [EnumeratorCancellation] CancellationToken stop)
    {
        Akka.Cluster.Cluster.Get(system).Subscribe(
            _inbox.Actor, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberJoined), typeof(ClusterEvent.MemberUp));
        await using var watch = new SilenceWatch(members, which, answer, stop);
        // Wakes the reader, so that who has not begun is asked again though nobody speaks.
        await using var looks = new Timer(_ => _inbox.Actor.Tell(Look.Instance), null, LookEvery, LookEvery);
        await foreach (var message in _inbox.Messages.ReadAllAsync(stop).ConfigureAwait(false))
        {
            switch (message)
            {
                case ClusterEvent.IMemberEvent { Member: var member }:
                    Begin(member);
                    break;
                case SocketNews or ShardNews:
                    _unheard.Remove(message is SocketNews socket ? socket.Node : ((ShardNews)message).Node);
                    yield return (IAdminReply)message;
                    break;
                case Look:
                    AskAgain();
                    break;
            }
            if (_inbox.TakeMissed() is var missed and > 0) await answer.NoteAsync($"{missed} messages came too fast to be told.").ConfigureAwait(false);
        }
    }

    /// <summary>The members stop telling.</summary>
    public void Dispose() => _inbox.Dispose();

    private void Begin(Member member)
    {
        if (!which(member) || !_followed.Add(member.UniqueAddress)) return;
        _unheard[MemberNames.Of(member)] = new Unheard(member);
        Ask(member);
    }

    private void Ask(Member member) => members.AdminOf(member).Tell(new FollowMember(topic, _inbox.Actor));

    private void AskAgain()
    {
        if (_unheard.Count == 0) return;
        var there = members.State.Members.Select(member => member.UniqueAddress).ToHashSet();
        foreach (var (name, _) in _unheard.Where(one => !there.Contains(one.Value.Member.UniqueAddress)).ToList()) _unheard.Remove(name);
        foreach (var one in _unheard.Values.Where(one => Stopwatch.GetElapsedTime(one.AskedAt) > AskEvery))
        {
            one.AskedAt = Stopwatch.GetTimestamp();
            Ask(one.Member);
        }
    }

    private sealed class Unheard(Member member)
    {
        public Member Member { get; } = member;

        public long AskedAt { get; set; } = Stopwatch.GetTimestamp();
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
