using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Fencing;

/// <summary>Any history of writers that write, recover and delete, against a model of one log.</summary>
public abstract class InterleavingConformance(StoreFixture store, ITestOutputHelper output) : StoreTestKit(store, output)
{
    public abstract record Step(int Writer);

    public sealed record Append(int Writer, int Events) : Step(Writer);

    public sealed record Recover(int Writer) : Step(Writer);

    public sealed record Delete(int Writer, int Fraction) : Step(Writer);

    private static Gen<Step[]> Histories => Gen.Frequency(
            (5, from w in Gen.Choose(0, 2) from n in Gen.Choose(1, 3) select (Step)new Append(w, n)),
            (3, from w in Gen.Choose(0, 2) select (Step)new Recover(w)),
            (1, from w in Gen.Choose(0, 2) from f in Gen.Choose(0, 3) select (Step)new Delete(w, f)))
        .ArrayOf();

    [Fact]
    public void A_write_is_taken_exactly_if_its_writer_knows_the_whole_log() =>
        Prop.ForAll(Histories.ToArbitrary(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private void Holds(Step[] history)
    {
        var pid = $"h-{Guid.NewGuid():N}";
        var known = new long[3];
        var incarnations = new int[3];
        var log = new List<(long Number, string Text)>();
        var end = 0L;
        foreach (var (step, i) in history.Select((s, i) => (s, i)))
        {
            switch (step)
            {
                case Append append:
                    var numbers = Range(known[append.Writer] + 1, known[append.Writer] + append.Events).ToArray();
                    var taken = TryWrite(pid, $"w{append.Writer}-{incarnations[append.Writer]}", numbers, $"{i}");
                    Assert.Equal(known[append.Writer] == end, taken);
                    if (!taken) break;
                    log.AddRange(numbers.Select(n => (n, $"{i}")));
                    end = known[append.Writer] = numbers[^1];
                    break;
                case Recover recover:
                    incarnations[recover.Writer]++;
                    known[recover.Writer] = Replay(pid: pid).Highest;
                    Assert.Equal(end, known[recover.Writer]);
                    break;
                case Delete delete:
                    var to = known[delete.Writer] * delete.Fraction / 3;
                    Journal.Tell(new DeleteMessagesTo(pid, to, Probe.Ref), Probe.Ref);
                    Probe.ExpectMsg<DeleteMessagesSuccess>();
                    log.RemoveAll(e => e.Number <= to);
                    break;
            }
        }
        var (events, highest) = Replay(pid: pid);
        Assert.Equal(log, events.Select(e => (e.SequenceNr, (string)e.Payload)));
        Assert.Equal(end, highest);
    }

    private bool TryWrite(string pid, string writer, long[] numbers, string text)
    {
        var write = new AtomicWrite([.. numbers.Select(n => (IPersistentRepresentation)new Persistent(text, n, pid, writerGuid: writer))]);
        Journal.Tell(new WriteMessages([write], Probe.Ref, 1), Probe.Ref);
        var taken = Probe.ReceiveOne(TimeSpan.FromSeconds(30)) is WriteMessagesSuccessful;
        foreach (var _ in numbers)
        {
            if (taken) Probe.ExpectMsg<WriteMessageSuccess>();
            else Assert.IsType<SecondWriterException>(Probe.ExpectMsg<WriteMessageFailure>().Cause);
        }
        return taken;
    }
}

public sealed class InterleavingOnRedisSpec(RedisFixture store, ITestOutputHelper output)
    : InterleavingConformance(store, output), IClassFixture<RedisFixture>;

public sealed class InterleavingOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : InterleavingConformance(store, output), IClassFixture<GarnetFixture>;
