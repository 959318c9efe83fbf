using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace AkkaSockets.Load;

/// <summary>The command line.</summary>
internal static class LoadCommand
{
    private const string Description =
        "Opens sockets, sends between them and by HTTP, and keeps a ledger of what came: lost, duplicated, reordered, how late. Without --signing-key nodes must run in " +
        "Development, where ?user= needs no token. Ctrl-C ends the sending, and what there is so far is told. Exit status 0 when nothing acknowledged was lost, and nothing " +
        "duplicated or reordered.";

    public static RootCommand Create()
    {
        Option<string[]> urls = Several("--url", "Where sockets connect; several (ws:// with one path) are taken in turn, as by a balancer.", "ws://127.0.0.1:8080/ws");
        Option<string[]> apis = Several("--api", "Backends' listeners to publish at; several are taken in turn.", "http://127.0.0.1:8081");
        Option<string[]> sources = Several("--source-addresses", "Local addresses to connect from, in turn, as in 127.0.0.2 127.0.0.3: each has some 28,000 ports towards one server.");
        Option<string?> signingKey = new("--signing-key") { Description = "Auth:SigningKey of the nodes, to make users' tokens with." };
        Option<string?> key = new("--api-key") { Description = "A key of Api:Keys; Development needs none." };
        Option<int> users = Number("--users", "Users, with a socket each.", 1000, least: 1);
        Option<double> rate = Number("--rate", "Durable messages a second.", 500.0);
        Option<double> share = Number("--api-share", "The part of them published by HTTP, 0 to 1; the rest go from user to user.", 0.5, most: 1);
        Option<double> ephemeral = Number("--ephemeral-rate", "Ephemeral messages a second, on top.", 0.0);
        Option<double> seconds = Number("--seconds", "How long to send.", 30.0);
        Option<double> ackPatience = Number("--ack-patience", "How long a durable message is repeated under its id until it counts as not acknowledged, in seconds.", 60.0, least: 0.1);
        Option<double> patience = Number("--patience", "How long to wait at the end for what was acknowledged, in seconds.", 60.0);
        Option<int> bytes = Number("--bytes", "Padding of each message.", 64, most: 1 << 20);
        Option<int> open = Number("--open-per-second", "Sockets opened a second at the most (a node takes Limits:AcceptPerSecond).", 500, least: 1);
        Option<string> prefix = new("--user-prefix") { Description = "What users' names begin with; another one for each run keeps runs apart.", DefaultValueFactory = _ => $"load-{Guid.NewGuid().ToString("N")[..6]}-" };
        Option<bool> @short = new("--short") { Description = "A run of some seconds that shows that all of it works, unless told otherwise: 50 users, 50 durable and 20 ephemeral messages a second for 4 s. Its figures say little." };
        Option<bool> json = new("--json") { Description = "Print the figures as JSON." };
        urls.Validators.Add(result => Check(result, IsSocketUrls, "ws:// or wss:// URLs; several only with ws:// and one path"));
        apis.Validators.Add(result => Check(result, given => given.All(url => Uri.TryCreate(url, UriKind.Absolute, out var api) && api.Scheme is "http" or "https"), "http:// or https:// URLs"));
        sources.Validators.Add(result => Check(result, given => given.All(address => IPAddress.TryParse(address, out _)), "IP addresses"));

        var root = new RootCommand(Description) { urls, apis, sources, signingKey, key, users, rate, share, ephemeral, seconds, ackPatience, patience, bytes, open, prefix, @short, json };
        root.SetAction((parsed, stop) => RunAsync(
            new LoadOptions
            {
                Urls = [.. parsed.GetValue(urls)!.Select(url => new Uri(url))],
                SourceAddresses = [.. parsed.GetValue(sources)!.Select(IPAddress.Parse)],
                SigningKey = parsed.GetValue(signingKey),
                Apis = [.. parsed.GetValue(apis)!.Select(url => new Uri(url))],
                ApiKey = parsed.GetValue(key),
                Users = InBrief(parsed, users, 50),
                Rate = InBrief(parsed, rate, 50),
                ApiShare = parsed.GetValue(share),
                EphemeralRate = InBrief(parsed, ephemeral, 20),
                Duration = TimeSpan.FromSeconds(InBrief(parsed, seconds, 4)),
                AckPatience = TimeSpan.FromSeconds(parsed.GetValue(ackPatience)),
                Patience = TimeSpan.FromSeconds(parsed.GetValue(patience)),
                Bytes = parsed.GetValue(bytes),
                OpenPerSecond = parsed.GetValue(open),
                UserPrefix = parsed.GetValue(prefix)!,
                Json = parsed.GetValue(json),
            },
            stop));
        return root;

        T InBrief<T>(ParseResult parsed, Option<T> option, T brief) =>
            parsed.GetValue(@short) && parsed.GetResult(option) is not { Implicit: false } ? brief : parsed.GetValue(option)!;
    }

    private static async Task<int> RunAsync(LoadOptions options, CancellationToken stop)
    {
        await using var load = new LoadRun(options);
        var run = load.RunAsync(stop);
        await LoadProgress.ShowAsync(load, run).ConfigureAwait(false);
        await run.ConfigureAwait(false);
        var report = Report.Of(options, load);
        if (options.Json) await Console.Out.WriteLineAsync(report.ToJson()).ConfigureAwait(false);
        else ReportTable.Print(report);
        return report.IsClean ? 0 : 1;
    }

    private static Option<string[]> Several(string name, string description, params string[] otherwise) =>
        new(name) { Description = description, DefaultValueFactory = _ => otherwise, AllowMultipleArgumentsPerToken = true };

    private static Option<T> Number<T>(string name, string description, T otherwise, double least = 0, double most = 1_000_000)
        where T : struct
    {
        Option<T> option = new(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            // By its text: asking for the value of one that is no number throws.
            if (result.Tokens.Any(token => !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given >= least && given <= most))) result.AddError(FormattableString.Invariant($"{name} takes {least} to {most}."));
        });
        return option;
    }

    private static void Check(OptionResult result, Func<string[], bool> isRight, string allowed)
    {
        if (!isRight(result.GetValueOrDefault<string[]>()!)) result.AddError($"{result.Option.Name} takes {allowed}.");
    }

    private static bool IsSocketUrls(string[] given)
    {
        var urls = given.Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : null).ToArray();
        return urls.All(url => url?.Scheme is "ws" or "wss") && (urls.Length == 1 || urls.All(url => url!.Scheme == "ws" && url.PathAndQuery == urls[0]!.PathAndQuery));
    }
}
