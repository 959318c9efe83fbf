using Akka.Actor;
using AkkaSockets.Messages.Nodes;
using AkkaSockets.Node.Membership;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Membership;

public sealed class NodeDirectorySpec
{
    private static readonly Address A = new("akka.tcp", "s", "a", 1);
    private static readonly Address B = new("akka.tcp", "s", "b", 1);
    private readonly FakeTimeProvider _time = new();
    private readonly NodeDirectory _nodes;
    private NodeReport _self = new("self", "ws://self/ws", 5, TakesSockets: true);

    public NodeDirectorySpec() => _nodes = new NodeDirectory(() => _self, _time);

    private void Hear(Address from, int sockets, bool takes = true, string? url = "ws://") =>
        _nodes.Hear(from, new NodeReport(from.Host, url is null ? null : $"{url}{from.Host}/ws", sockets, takes));

    [Fact]
    public void The_node_with_the_fewest_sockets_is_named_and_whoever_was_sent_there_counts()
    {
        Hear(A, 3);
        Hear(B, 9);
        Assert.Equal(
            ["ws://a/ws", "ws://a/ws", "ws://a/ws", "ws://self/ws", "ws://a/ws", "ws://self/ws"],
            Enumerable.Range(0, 6).Select(_ => _nodes.TakeLeastLoadedUrl()));
    }

    [Fact]
    public void A_new_report_counts_by_itself()
    {
        Hear(A, 3);
        for (var i = 0; i < 10; i++) _nodes.TakeLeastLoadedUrl();
        Hear(A, 4);
        _nodes.Tick(new HashSet<Address> { A });
        Assert.Equal("ws://a/ws", _nodes.TakeLeastLoadedUrl());
    }

    [Fact]
    public void Nodes_that_refuse_sockets_or_advertise_nothing_are_passed_over()
    {
        Hear(A, 0, takes: false);
        Hear(B, 1, url: null);
        Assert.Equal("ws://self/ws", _nodes.TakeLeastLoadedUrl());
        Assert.Null(_nodes.UrlOf("a"));
        Assert.Null(_nodes.UrlOf("b"));
        Assert.Equal("ws://self/ws", _nodes.UrlOf("self"));
    }

    [Fact]
    public void Where_nobody_takes_sockets_the_address_of_one_that_will_is_better_than_none()
    {
        _self = _self with { TakesSockets = false };
        Assert.Equal("ws://self/ws", _nodes.TakeLeastLoadedUrl());
        _self = _self with { Url = null };
        Assert.Null(_nodes.TakeLeastLoadedUrl());
    }

    [Fact]
    public void A_node_that_is_gone_or_silent_is_not_named()
    {
        Hear(A, 0);
        Hear(B, 1);
        _nodes.Tick(new HashSet<Address> { B });
        Assert.Equal("ws://b/ws", _nodes.TakeLeastLoadedUrl());
        Assert.Null(_nodes.Of(A));
        Assert.Equal(1, _nodes.Of(B)!.Sockets);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(_nodes.Of(B));
        Assert.Equal("ws://self/ws", _nodes.TakeLeastLoadedUrl());
    }
}
