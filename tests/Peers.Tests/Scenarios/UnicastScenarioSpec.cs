using AkkaSockets.Peers.Scenarios;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Tests.Scenarios;

public sealed class UnicastScenarioSpec
{
    [Fact]
    public void Every_message_crosses_over_and_everybody_gets_some()
    {
        var places = Enumerable.Range(0, 1_000).Select(i => new Place($"u{i}", i % 2)).ToArray();
        var nodeOf = places.ToDictionary(place => place.User, place => place.Node);
        var routes = Enumerable.Range(0, 200_000).Select(n => UnicastScenario.Route(n, places)).ToArray();

        Assert.All(routes, route => Assert.NotEqual(places[route.From].Node, nodeOf[route.To]));
        var received = routes.CountBy(route => route.To).ToDictionary();
        Assert.Equal(places.Length, received.Count);
        Assert.True(received.Values.Max() < 3 * 200, $"one gets {received.Values.Max()} of 200");
    }
}
