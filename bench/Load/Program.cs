using System.CommandLine;
using AkkaSockets.Load;
using Spectre.Console;

Option<string[]> urls = new("--url") { Description = "Where sockets connect; several are taken in turn.", DefaultValueFactory = _ => ["ws://127.0.0.1:8080/ws"], AllowMultipleArgumentsPerToken = true };
Option<string[]> apis = new("--api") { Description = "Backends' listeners to publish at; several are taken in turn.", DefaultValueFactory = _ => ["http://127.0.0.1:8081"], AllowMultipleArgumentsPerToken = true };
Option<string?> key = new("--api-key") { Description = "A key of Api:Keys; Development needs none." };
Option<int> users = new("--users") { Description = "Users, with a socket each.", DefaultValueFactory = _ => 1000 };
Option<double> rate = new("--rate") { Description = "Durable messages a second.", DefaultValueFactory = _ => 500 };
Option<double> share = new("--api-share") { Description = "The part of them published by HTTP, 0 to 1; the rest go from user to user.", DefaultValueFactory = _ => 0.5 };
Option<double> ephemeral = new("--ephemeral-rate") { Description = "Ephemeral messages a second, on top.", DefaultValueFactory = _ => 0 };
Option<double> seconds = new("--seconds") { Description = "How long to send.", DefaultValueFactory = _ => 30 };
Option<double> patience = new("--patience") { Description = "How long to wait at the end for what was accepted, in seconds.", DefaultValueFactory = _ => 60 };
Option<int> bytes = new("--bytes") { Description = "Padding of each message.", DefaultValueFactory = _ => 64 };
Option<int> open = new("--open-per-second") { Description = "Sockets opened a second at the most (a node takes Limits:AcceptPerSecond).", DefaultValueFactory = _ => 500 };
Option<string> prefix = new("--user-prefix") { Description = "What users' names begin with; another one for each run keeps runs apart.", DefaultValueFactory = _ => $"load-{Guid.NewGuid().ToString("N")[..6]}-" };
Option<bool> json = new("--json") { Description = "Print the figures as JSON, and no progress." };

var root = new RootCommand("Opens sockets, sends between them and by HTTP, and keeps a ledger of what came: lost, duplicated, reordered, how late. Nodes must run in Development, where ?user= needs no token. Exit status 0 when nothing accepted was lost, duplicated or reordered.")
{
    urls, apis, key, users, rate, share, ephemeral, seconds, patience, bytes, open, prefix, json,
};
root.SetAction(async (parsed, stop) =>
{
    var options = new LoadOptions
    {
        Urls = [.. parsed.GetValue(urls)!.Select(url => new Uri(url))],
        Apis = [.. parsed.GetValue(apis)!.Select(url => new Uri(url))],
        ApiKey = parsed.GetValue(key),
        Users = parsed.GetValue(users),
        Rate = parsed.GetValue(rate),
        ApiShare = parsed.GetValue(share),
        EphemeralRate = parsed.GetValue(ephemeral),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        Patience = TimeSpan.FromSeconds(parsed.GetValue(patience)),
        Bytes = parsed.GetValue(bytes),
        OpenPerSecond = parsed.GetValue(open),
        UserPrefix = parsed.GetValue(prefix)!,
        Json = parsed.GetValue(json),
    };
    await using var run = new LoadRun(options);
    if (options.Json)
    {
        await run.OpenAsync(stop);
        await run.SendAsync(stop);
        await run.SettleAsync();
    }
    else
    {
        await LoadProgress.ShowAsync(run, options, stop);
    }
    var report = Report.Of(options, run);
    if (options.Json) Console.WriteLine(report.ToJson());
    else report.Print();
    return report.IsClean ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
