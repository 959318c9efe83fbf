using Akka.Actor;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Admin.Cluster;

/// <summary>What every member answers.</summary>
public sealed class MemberResponder(IMemberFacts facts) : IAdminResponder
{
    public async Task<IAdminReply?> AnswerAsync(IAdminQuery query) =>
        query is GetMemberStatus ? await facts.ReadAsync(CancellationToken.None).ConfigureAwait(false) : null;

    public IDisposable? Follow(FollowTopic topic, IActorRef follower) => null;
}
