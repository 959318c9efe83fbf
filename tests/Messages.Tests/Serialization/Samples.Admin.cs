using Akka.Actor;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> Admin(ActorSystem system) =>
    [
        new("GetMemberStatus", new GetMemberStatus()),
        new("GetShardLoads-full", new GetShardLoads(4096)),
        new("GetShardLoads-bare", new GetShardLoads(0)),
        new("ListSockets-full", new ListSockets(Bob, 638_000_000_000_000_000)),
        new("ListSockets-bare", new ListSockets(null, 0)),
        new("FollowMember-Sockets", new FollowMember(FollowTopic.Sockets, system.DeadLetters)),
        new("FollowMember-Shards", new FollowMember(FollowTopic.Shards, system.DeadLetters)),
        new("AdminRefused", new AdminRefused("no sockets here")),
        new("MemberStatus-full", new MemberStatus("node-a:4054", "1.2.3", 1_790_000_000_000, "ready", IsDraining: true, 12, 34, 56, 123_456_789, "Information")),
        new("MemberStatus-bare", new MemberStatus("", "", 0, "", IsDraining: false, null, null, null, 0, "")),
        new("MemberStatus-zeros", new MemberStatus("node-a:4054", "1.2.3", 1, "ready", IsDraining: false, 0, 0, 0, 1, "Debug")),
        new("MemberStatus-active", new MemberStatus("node-a:4054", "1.2.3", 1, "ready", IsDraining: true, 1, 2, 3, 4, "Debug")
        {
            Activity = new MemberActivity(1, 2, 3, 4, 5, 6, 7, 1_790_000_000_000),
        }),
        new("MemberStatus-idle", new MemberStatus("node-a:4054", "1.2.3", 1, "ready", IsDraining: false, 1, 2, 3, 4, "Debug")
        {
            Activity = new MemberActivity(0, 0, 0, 0, 0, 0, 0, null),
        }),
        new("ShardLoads-full", new ShardLoads("node-a:4054", [new(7, IsHere: true, 3, 4), new(0, IsHere: false, 0, 0)], 4096)),
        new("ShardLoads-bare", new ShardLoads("", [], null)),
        new("SocketsListed-full", new SocketsListed("node-a:4054", [new(Socket, Bob, Phone, "node-b:4054", "10.0.0.7:50001", 1_790_000_000_000)], 638_000_000_000_000_000)),
        new("SocketsListed-bare", new SocketsListed("", [], null)),
        new("SocketNews-full", new SocketNews("node-a:4054", [
            new(1_790_000_000_000, SocketEventKind.Opened, Socket, Bob, Phone, "10.0.0.7:50001", 0, ""),
            new(1_790_000_000_001, SocketEventKind.ReconnectSent, Socket, Bob, Phone, "10.0.0.7:50001", 0, "rebalance"),
            new(1_790_000_000_002, SocketEventKind.Closed, Socket, Bob, Tablet, "", 1012, "come back"),
        ], 5)),
        new("SocketNews-bare", new SocketNews("", [], 0)),
        new("ShardNews-full", new ShardNews("node-a:4054", IsFirst: true, [new(1_790_000_000_000, 7, IsHere: true, 3), new(0, 0, IsHere: false, 0)])),
        new("ShardNews-bare", new ShardNews("", IsFirst: false, [])),
    ];
}
