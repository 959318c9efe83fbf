namespace AkkaSockets.Cluster.Tests;

public sealed class NodesKnowEachOtherSpec
{
    [Fact]
    public async Task Each_knows_the_others_urls_and_sockets_does_not_send_to_one_that_refuses_and_forgets_who_has_gone()
    {
        await using var cluster = await TestCluster.StartAsync(0);
        var (a, b, c) = (await cluster.AddAsync("ws://a/ws"), await cluster.AddAsync("ws://b/ws"), await cluster.AddAsync("ws://c/ws"));
        var sockets = Enumerable.Range(0, 3).Select(i => b.Open($"user-{i}")).Append(a.Open("another")).ToList();
        foreach (var (node, others) in ((TestNode, TestNode[])[])[(a, [b, c]), (b, [a, c]), (c, [a, b])])
            await TestCluster.UntilAsync(() => others.All(other => node.Others.Of(other.Address)?.Sockets == other.Others.Self.Sockets), $"{node.Name} does not know how many sockets the others have");
        Assert.Equal((1, 3, 0), (a.Others.Self.Sockets, b.Others.Self.Sockets, c.Others.Self.Sockets));
        await TestCluster.UntilAsync(() => b.Others.TakeLeastLoadedUrl() == "ws://c/ws", "the emptiest node is not named");

        // It waits for its last socket, and takes none meanwhile.
        var drain = b.Routine.EmptyAsync(TimeSpan.FromMinutes(10));
        await TestCluster.UntilAsync(() => a.Others.Of(b.Address) is { TakesSockets: false } && a.Others.UrlOf(b.Name) is null, "the others do not know that it drains");
        Assert.Equal("ws://c/ws", a.Others.UrlOf(c.Name));
        foreach (var socket in sockets) await socket.CloseAsync();
        await drain.WaitAsync(TestCluster.Patience);

        var gone = b.Address;
        await b.StopAsync();
        cluster.Forget(b);
        await TestCluster.UntilAsync(() => a.Others.Of(gone) is null && c.Others.Of(gone) is null, "the others have not forgotten it");
        Assert.NotNull(a.Others.Of(c.Address));
    }
}
