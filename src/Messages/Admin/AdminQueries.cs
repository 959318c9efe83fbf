using Akka.Actor;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Admin;

/// <summary>What one member's admin actor is asked for another's operator. One that has no answer says <see cref="AdminRefused"/>.</summary>
public interface IAdminQuery : IClusterMessage;

/// <summary>How the member is; answered by <see cref="MemberStatus"/>.</summary>
public sealed record GetMemberStatus : IAdminQuery;

/// <summary>Shards, users and sockets from shard number <paramref name="From"/> on; answered by <see cref="ShardLoads"/>.</summary>
public sealed record GetShardLoads(int From) : IAdminQuery;

/// <summary>
/// The sockets accepted after <paramref name="After"/> (UTC ticks), in that order, of one user or of all; answered by
/// <see cref="SocketsListed"/>.
/// </summary>
public sealed record ListSockets(UserId? User, long After) : IAdminQuery;

/// <summary>
/// Tell <paramref name="Follower"/> what happens here, until it ends: <see cref="SocketNews"/> or <see cref="ShardNews"/>. The first of them comes at
/// once, with nothing in it or with what is here already.
/// </summary>
public sealed record FollowMember(FollowTopic Topic, IActorRef Follower) : IAdminQuery;

public enum FollowTopic
{
    /// <summary>Sockets that open, are sent away, and close.</summary>
    Sockets = 1,

    /// <summary>Shards that start and stop here.</summary>
    Shards = 2,
}
