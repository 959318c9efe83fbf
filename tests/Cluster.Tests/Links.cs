using Akka.Actor;
using Akka.Remote;
using Akka.Remote.Transport;

namespace AkkaSockets.Cluster.Tests;

/// <summary>The links between actor systems whose transport has the adapter <c>trttl</c>.</summary>
internal static class Links
{
    /// <summary>From now on what one of these sends to the other is lost, both ways, and nobody is told.</summary>
    public static Task CutAsync(ActorSystem one, params IEnumerable<ActorSystem> others) => SetAsync(Blackhole.Instance, one, others);

    /// <summary>What is sent from now on arrives.</summary>
    public static Task HealAsync(ActorSystem one, params IEnumerable<ActorSystem> others) => SetAsync(Unthrottled.Instance, one, others);

    private static async Task SetAsync(ThrottleMode mode, ActorSystem one, IEnumerable<ActorSystem> others)
    {
        foreach (var other in others)
        {
            foreach (var (from, to) in ((ActorSystem, ActorSystem)[])[(one, other), (other, one)])
            {
                var command = new SetThrottle(Akka.Cluster.Cluster.Get(to).SelfAddress, ThrottleTransportAdapter.Direction.Both, mode);
                Assert.True(await ((IRemoteActorRefProvider)((ExtendedActorSystem)from).Provider).Transport.ManagementCommand(command));
            }
        }
    }
}
