using System.CommandLine;
using AkkaSockets.Simulate;
using AkkaSockets.Simulate.Movement;
using AkkaSockets.Simulate.Reports;
using AkkaSockets.Simulate.Timeline;

Option<int> nodes = new("--nodes") { Description = "Nodes before the change.", DefaultValueFactory = _ => 500 };
Option<int> shards = new("--shards") { Description = "Sharding:Shards.", DefaultValueFactory = _ => 10_000 };
Option<double> sockets = new("--sockets") { Description = "Sockets, one for each user.", DefaultValueFactory = _ => 100_000_000 };
Option<Change[]> changes = new("--changes") { Description = "What happens, each in a simulation of its own.", DefaultValueFactory = _ => Enum.GetValues<Change>(), AllowMultipleArgumentsPerToken = true };
Option<DirectoryInfo?> pictures = new("--pictures") { Description = "A folder to draw an SVG of each change into." };
Option<bool> @short = new("--short") { Description = "A small cluster (12 nodes, 256 shards, 100,000 sockets), in seconds." };
Option<bool> json = new("--json") { Description = "Print the figures as JSON." };
Bound(nodes, 3, 2_000);
Bound(shards, 1, 100_000);
Bound(sockets, 1, 1e12);

var root = new RootCommand("Simulates clusters that no machine can hold, with the server's own placement, settle time, cap of moves and pacing: what moves, who is told, when everybody is back. Deterministic: the same arguments give the same figures.")
{
    nodes, shards, sockets, changes, pictures, @short, json,
};
root.SetAction(parsed =>
{
    var brief = parsed.GetValue(@short);
    var options = brief
        ? new TimelineOptions { Nodes = 12, Shards = 256, Sockets = 100_000 }
        : new TimelineOptions { Nodes = parsed.GetValue(nodes), Shards = parsed.GetValue(shards), Sockets = parsed.GetValue(sockets) };
    var wanted = parsed.GetValue(changes)!;
    var movement = wanted.SelectMany(change => MovementStudy.Run(options.Shards, options.Nodes, change)).ToList();
    var played = from change in wanted
                 from policy in Enum.GetValues<Policy>()
                 where policy.IsPlayed(change)
                 select (change, policy);
    var timelines = played.Select(play => Timelines.Run(options, play.change, play.policy)).ToList();
    if (parsed.GetValue(json)) Report.PrintJson(options, movement, timelines);
    else Report.Print(options, movement, timelines);
    if (parsed.GetValue(pictures) is { } folder) Pictures.Draw(folder, movement, timelines);
});
return root.Parse(args).Invoke();

static void Bound<T>(Option<T> option, double least, double most)
    where T : struct, IConvertible => option.Validators.Add(result =>
    {
        var given = result.GetValueOrDefault<T>().ToDouble(null);
        if (!(given >= least && given <= most)) result.AddError(FormattableString.Invariant($"{option.Name} takes {least} to {most}."));
    });
