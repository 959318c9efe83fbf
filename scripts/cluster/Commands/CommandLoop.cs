using System.Globalization;
using AkkaSockets.LocalCluster.Members;

namespace AkkaSockets.LocalCluster.Commands;

/// <summary>Takes one command after the other. What they set going is told when it happens; <c>wait</c> waits for it.</summary>
internal sealed class CommandLoop(Cluster cluster, Terminal terminal)
{
    public const string Summary = "Commands: add; stop, kill, freeze, thaw, restart WHO; roll; wait; sleep SECONDS; status; addresses; help; quit";

    public const string Help = """
        add                  starts one more node
        stop WHO             SIGTERM: a node sends its clients away first
        kill WHO             kill -9
        freeze WHO           SIGSTOP
        thaw WHO             SIGCONT
        restart WHO          SIGTERM where it runs, and a new start
        roll [SECONDS]       restarts all nodes one after the other, each once the one before has been ready for so long (15 s)
        wait [SECONDS]       until everybody is ready, or gone, as told (120 s)
        sleep SECONDS        takes the next command later
        status               asks everybody
        addresses            who listens where
        help                 this
        quit                 stops everything (as Ctrl-C does, and the end of the input); a second Ctrl-C kills
        WHO is a node's number or name, redis, lighthouse or haproxy.
        """;

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(120);

    /// <summary>minReadySeconds of k8s/.</summary>
    private static readonly TimeSpan DefaultReady = TimeSpan.FromSeconds(15);

    /// <summary>Until <c>quit</c>, or the end of the input.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (await terminal.AskAsync(stop).ConfigureAwait(false) is { } line)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["quit" or "exit"]) return;
            try
            {
                await RunAsync(words, stop).ConfigureAwait(false);
            }
            catch (CommandException fault)
            {
                terminal.Tell(fault.Message);
            }
        }
    }

    private async Task RunAsync(string[] words, CancellationToken stop)
    {
        switch (words)
        {
            case [] or [['#', ..], ..]: break;
            case ["add"]: terminal.Tell(Described(cluster.Add())); break;
            case ["stop", var who]: Find(who).Stop(); break;
            case ["kill", var who]: Find(who).Kill(); break;
            case ["freeze", var who]: Find(who).Freeze(); break;
            case ["thaw", var who]: Find(who).Thaw(); break;
            case ["restart", var who]: await Find(who).RestartAsync(stop).ConfigureAwait(false); break;
            case ["roll"]: await RollAsync(DefaultReady, stop).ConfigureAwait(false); break;
            case ["roll", var seconds]: await RollAsync(Seconds(seconds), stop).ConfigureAwait(false); break;
            case ["wait"]: await WaitAsync(DefaultWait, stop).ConfigureAwait(false); break;
            case ["wait", var seconds]: await WaitAsync(Seconds(seconds), stop).ConfigureAwait(false); break;
            case ["sleep", var seconds]: await Task.Delay(Seconds(seconds), stop).ConfigureAwait(false); break;
            case ["status"]: terminal.Tell(await Reports.StatusAsync(cluster, stop).ConfigureAwait(false)); break;
            case ["addresses"]: terminal.Tell(Reports.Addresses(cluster)); break;
            case ["help"]: terminal.Tell(Help); break;
            default: throw new CommandException($"no such command: {string.Join(' ', words)} (try help)");
        }
    }

    private async Task RollAsync(TimeSpan ready, CancellationToken stop)
    {
        await cluster.RollAsync(ready, stop).ConfigureAwait(false);
        terminal.Tell("all nodes are restarted");
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(cluster.All.Select(member => member.Settled)).WaitAsync(atMost, stop).ConfigureAwait(false);
            terminal.Tell("done");
        }
        catch (TimeoutException)
        {
            var late = cluster.All.Where(member => !member.Settled.IsCompleted).Select(member => member.Plan.Name);
            throw new CommandException($"not within {atMost.TotalSeconds:0} s: {string.Join(", ", late)}");
        }
    }

    private Member Find(string who) =>
        cluster.All.FirstOrDefault(member => member.Plan.Name == who || member.Plan.Name == $"node-{who}")
        ?? throw new CommandException($"nobody is called {who}: {string.Join(", ", cluster.All.Select(member => member.Plan.Name))}");

    private static string Described(Member node) => $"{node.Plan.Name} will take clients at {node.Plan.Clients} and backends at {node.Plan.Api}";

    private static TimeSpan Seconds(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new CommandException($"{text} is no number of seconds (0 to 86400)");
}
