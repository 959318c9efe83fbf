using Akka.Actor;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Journal;
using AkkaSockets.Persistence.Redis.Layout;

namespace AkkaSockets.Persistence.Redis.Tests.Journal;

public sealed class AppendGroupSpec : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("groups");
    private readonly EventMember _events;

    public AppendGroupSpec() => _events = new EventMember(new PayloadCodec((ExtendedActorSystem)_system));

    public void Dispose() => _system.Dispose();

    [Fact]
    public void It_takes_so_many_logs_and_no_log_twice()
    {
        var group = new AppendGroup();
        for (var n = 0; n < AppendGroup.MostAppends; n++)
        {
            var append = Of($"p-{n}", "a");
            Assert.True(group.Takes(append));
            group.Add(new PendingAppend(append));
            Assert.False(group.Takes(Of($"p-{n}", "b")));
        }
        Assert.False(group.Takes(Of("another", "a")));
    }

    [Fact]
    public void What_is_large_goes_alone()
    {
        var large = Of("large", new string('x', 1_000_000));
        var group = new AppendGroup();
        Assert.True(group.Takes(large));
        group.Add(new PendingAppend(large));
        Assert.False(group.Takes(Of("small", "a")));

        group = new AppendGroup();
        group.Add(new PendingAppend(Of("small", "a")));
        Assert.False(group.Takes(large));
    }

    [Fact]
    public void Keys_and_arguments_are_what_the_script_expects()
    {
        var (one, two) = (Of("p", "a", "b"), Of("q", "c"));
        var group = new AppendGroup();
        group.Add(new PendingAppend(one));
        group.Add(new PendingAppend(two));
        Assert.Equal(
            ["x:journal:persisted:p", "x:journal:persisted:p:highestSequenceNr", "x:journal:persisted:q", "x:journal:persisted:q:highestSequenceNr"],
            group.Keys(new RedisKeys("x:", isCluster: false)).Select(key => (string)key!));
        Assert.Equal([1, 2, 4, .. one.Values, 1, 1, 2, .. two.Values], group.Arguments());
    }

    private Append Of(string pid, params string[] texts)
    {
        var append = new Append(pid, 1);
        var write = new AtomicWrite([.. texts.Select((text, n) => (IPersistentRepresentation)new Persistent(text, n + 1, pid))]);
        Assert.Null(append.Add(write, _events, DateTime.UnixEpoch));
        return append;
    }
}
