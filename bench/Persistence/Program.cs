using System.CommandLine;
using AkkaSockets.PersistenceBench;

Option<int[]> writers = new("--writers") { Description = "Persistent actors that write at once, a measurement each; 0 leaves writing out.", DefaultValueFactory = _ => [1, 100, 10_000], AllowMultipleArgumentsPerToken = true };
Option<string[]> stores = new("--stores") { Description = "Which to measure: floor (the bare client), redis (src/Persistence.Redis), sqlite (Akka.Persistence.Sql).", DefaultValueFactory = _ => [.. Contenders.All], AllowMultipleArgumentsPerToken = true };
Option<int> rounds = new("--rounds") { Description = "How often each has its turn, in alternation.", DefaultValueFactory = _ => 5 };
Option<double> seconds = new("--seconds") { Description = "How long a turn is measured.", DefaultValueFactory = _ => 4 };
Option<double> warmUp = new("--warm-up") { Description = "How long a turn runs before that, in seconds.", DefaultValueFactory = _ => 1 };
Option<int> bytes = new("--bytes") { Description = "Payload of an event.", DefaultValueFactory = _ => 100 };
Option<int> recoverActors = new("--recover-actors") { Description = "Actors to recover; 0 leaves recovery out.", DefaultValueFactory = _ => 10_000 };
Option<int> recoverEvents = new("--recover-events") { Description = "Events that each of them has.", DefaultValueFactory = _ => 100 };
Option<string> appendFsync = new("--appendfsync") { Description = "When Redis syncs its append-only file.", DefaultValueFactory = _ => "everysec" };
Option<string> redisServer = new("--redis-server") { Description = "The program to start as Redis.", DefaultValueFactory = _ => "redis-server" };
Option<bool> @short = new("--short") { Description = "A run of some seconds that shows that all of it works: 1, 10 and 100 writers, one round of 0.5 s, 100 actors with 10 events to recover. Its figures say little." };
Option<bool> json = new("--json") { Description = "Print the figures as JSON, and no progress." };
appendFsync.AcceptOnlyFromAmong("always", "everysec", "no");
stores.AcceptOnlyFromAmong([.. Contenders.All]);

var root = new RootCommand("Measures how fast events become durable, and how fast actors come back: persistent actors on Redis, beside the bare Redis client and SQLite. Starts a redis-server of its own in a temporary folder, and leaves nothing behind. Exit status 0 when no write failed and everything acknowledged is stored, 2 when it can't run.")
{
    writers, stores, rounds, seconds, warmUp, bytes, recoverActors, recoverEvents, appendFsync, redisServer, @short, json,
};
root.SetAction(async (parsed, stop) =>
{
    var brief = parsed.GetValue(@short);
    T Value<T>(Option<T> option, T inBrief) => brief && parsed.GetResult(option) is not { Implicit: false } ? inBrief : parsed.GetValue(option)!;
    var options = new BenchOptions
    {
        Writers = [.. Value(writers, [1, 10, 100]).Where(count => count > 0)],
        Contenders = parsed.GetValue(stores)!,
        Rounds = Value(rounds, 1),
        Duration = TimeSpan.FromSeconds(Value(seconds, 0.5)),
        WarmUp = TimeSpan.FromSeconds(Value(warmUp, 0.1)),
        Bytes = parsed.GetValue(bytes),
        RecoverActors = Value(recoverActors, 100),
        RecoverEvents = Value(recoverEvents, 10),
        AppendFsync = parsed.GetValue(appendFsync)!,
        RedisServer = parsed.GetValue(redisServer)!,
        Json = parsed.GetValue(json),
    };
    try
    {
        var report = await Run.RunAsync(options, options.Json ? _ => { } : Console.Error.WriteLine, stop);
        if (options.Json) Console.WriteLine(report.ToJson());
        else report.Print();
        return report.IsSound ? 0 : 1;
    }
    catch (BenchException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return 130;
    }
});
// Time to stop Redis and to remove what was stored.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
