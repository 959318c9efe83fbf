using System.CommandLine;
using AkkaSockets.LocalCluster;

Option<int> nodes = new("--nodes") { Description = "Nodes at the start.", DefaultValueFactory = _ => 2 };
Option<string?> data = new("--data") { Description = "A folder for Redis' files and the logs, kept at the end; without it a temporary one." };
Option<string> fsync = new("--fsync") { Description = "When Redis has a write on disk: always (before it answers) or everysec.", DefaultValueFactory = _ => "always" };
Option<string?> key = new("--api-key") { Description = "The backends' key; without it a new one." };
Option<bool> balanced = new("--no-advertise") { Description = "Nodes do not name their own addresses to clients: for a load balancer before them." };
Option<bool> balancer = new("--balancer") { Description = "HAProxy with k8s/base/haproxy.cfg before the nodes, PROXY v2 on, and nodes set for it as in k8s/. It implies --no-advertise." };
Option<bool> anyPorts = new("--any-ports") { Description = "Any free ports, instead of the usual ones where these are free." };
Option<string[]> settings = new("--set") { Description = "A setting of every node (of Lighthouse too, where its section is Cluster), as in --set Drain:DeadlineMs=5000; several are taken.", DefaultValueFactory = _ => [] };

nodes.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 64) result.AddError("--nodes takes 1 to 64.");
});
fsync.AcceptOnlyFromAmong("always", "everysec");
settings.Validators.Add(result =>
{
    if (result.GetValueOrDefault<string[]>()!.Any(setting => setting.IndexOf('=', StringComparison.Ordinal) < 1)) result.AddError("--set takes Section:Key=value.");
});

var root = new RootCommand("Starts redis-server, Lighthouse and nodes (and HAProxy, with --balancer) on loopback, prints their addresses, and takes commands (help tells them) from a terminal or a pipe. Stops everything, and leaves nothing behind, at quit, the end of the input, Ctrl-C or SIGTERM.")
{
    nodes, data, fsync, key, balanced, balancer, anyPorts, settings,
};
root.SetAction((parsed, _) => Session.RunAsync(new ClusterOptions
{
    Nodes = parsed.GetValue(nodes),
    Data = parsed.GetValue(data),
    Fsync = parsed.GetValue(fsync)!,
    ApiKey = parsed.GetValue(key),
    Advertise = !parsed.GetValue(balanced) && !parsed.GetValue(balancer),
    Balancer = parsed.GetValue(balancer),
    AnyPorts = parsed.GetValue(anyPorts),
    Settings = parsed.GetValue(settings)!.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
}));
// Signals are this program's own: it needs its time to stop.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
