using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

namespace AkkaSockets.PersistenceBench;

/// <summary>Persistent actors on an Akka.Persistence journal.</summary>
internal sealed class ActorContender : IContender
{
    private const string Settings = """
        akka {
          # What goes wrong is in the report; Redis' appendfsync is an option here.
          loglevel = ERROR
          stdout-loglevel = ERROR
          log-dead-letters = off
          # As akka.hocon has it.
          persistence.max-concurrent-recoveries = 50
          actor {
            serializers.bench = "AkkaSockets.PersistenceBench.BenchEventSerializer, AkkaSockets.PersistenceBench"
            serialization-bindings."AkkaSockets.PersistenceBench.BenchEvent, AkkaSockets.PersistenceBench" = bench
          }
        }
        """;

    private readonly ActorSystem _system;
    private readonly BenchEvent _event;
    private readonly Func<TimeSpan> _serverCpu;
    private readonly Func<IReadOnlyList<string>, Task<long>> _count;
    private IActorRef[] _crew = [];
    private string[] _ids = [];
    private int _fillEvents;
    private string[] _filled = [];
    private int _crews;

    /// <param name="name">As in the table.</param>
    /// <param name="journal">HOCON that names the journal, with its defaults below.</param>
    /// <param name="bytes">The payload of an event.</param>
    /// <param name="serverCpu">The server's processor time so far.</param>
    /// <param name="count">How many events these logs have in the store, asked without the journal.</param>
    public ActorContender(string name, Config journal, int bytes, Func<TimeSpan> serverCpu, Func<IReadOnlyList<string>, Task<long>> count)
    {
        Name = name;
        _system = ActorSystem.Create("bench", ConfigurationFactory.ParseString(Settings).WithFallback(journal));
        _event = new BenchEvent(new byte[bytes]);
        _serverCpu = serverCpu;
        _count = count;
    }

    public string Name { get; }

    public TimeSpan ServerCpu => _serverCpu();

    public async Task GatherAsync(int writers, CancellationToken stop)
    {
        var crew = _crews++;
        _ids = [.. Enumerable.Range(0, writers).Select(i => $"writer-{crew}-{i}")];
        _crew = await StartAsync(_ids, stop).ConfigureAwait(false);
    }

    public async Task WriteAsync(Gauge gauge, CancellationToken stop)
    {
        var write = new Write(gauge);
        foreach (var writer in _crew) writer.Tell(write);
        await gauge.Writers.Done.WaitAsync(stop).ConfigureAwait(false);
    }

    public async Task<long> DismissAsync(CancellationToken stop)
    {
        await StopAsync(_crew, stop).ConfigureAwait(false);
        _crew = [];
        return await _count(_ids).ConfigureAwait(false);
    }

    public async Task FillAsync(int actors, int events, CancellationToken stop)
    {
        _fillEvents = events;
        _filled = [.. Enumerable.Range(0, actors).Select(i => $"filled-{i}")];
        foreach (var part in _filled.Chunk(500))
        {
            var writers = await StartAsync(part, stop).ConfigureAwait(false);
            var filled = new Countdown(part.Length);
            foreach (var writer in writers) writer.Tell(new Fill(events, filled));
            await DoneAsync(filled, "could not be filled", stop).ConfigureAwait(false);
            await StopAsync(writers, stop).ConfigureAwait(false);
        }
    }

    public async Task<TimeSpan> RecoverAsync(CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var recovered = await StartAsync(_filled, stop, _fillEvents).ConfigureAwait(false);
        var time = Stopwatch.GetElapsedTime(begun);
        await StopAsync(recovered, stop).ConfigureAwait(false);
        return time;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate().ConfigureAwait(false);

    private static async Task DoneAsync(Countdown countdown, string what, CancellationToken stop)
    {
        await countdown.Done.WaitAsync(stop).ConfigureAwait(false);
        if (countdown.Failed > 0) throw new BenchException($"{countdown.Failed} actors {what}: {countdown.Fault}");
    }

    private static async Task StopAsync(IActorRef[] actors, CancellationToken stop)
    {
        var ended = actors.Select(actor => actor.WatchAsync(stop)).ToArray();
        foreach (var actor in actors) actor.Tell(PoisonPill.Instance);
        await Task.WhenAll(ended).WaitAsync(stop).ConfigureAwait(false);
    }

    private async Task<IActorRef[]> StartAsync(string[] ids, CancellationToken stop, int? events = null)
    {
        var recovered = new Countdown(ids.Length);
        var actors = Array.ConvertAll(ids, id => _system.ActorOf(Props.CreateBy(new WriterProducer(id, _event, recovered, events))));
        await DoneAsync(recovered, $"could not be recovered ({Name})", stop).ConfigureAwait(false);
        return actors;
    }

    private sealed class WriterProducer(string id, BenchEvent @event, Countdown recovered, int? events) : IIndirectActorProducer
    {
        public Type ActorType => typeof(WriterActor);

        public ActorBase Produce() => new WriterActor(id, @event, recovered, events);

        public void Release(ActorBase actor)
        {
        }
    }
}
