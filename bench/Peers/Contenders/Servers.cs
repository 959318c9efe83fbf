using System.Net;
using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.LocalCluster.Processes;
using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Contenders;

/// <summary>The processes of one contender, in a folder of their own. Disposing kills what still runs, each by its number, and deletes the folder; a guard does so should this process be killed.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private const int MostTold = 300;

    private readonly Guard _guard;
    private readonly List<Member> _all = [];
    private readonly List<Member> _nodes = [];

    public Servers()
    {
        Folder = new RunFolder(null);
        _guard = new Guard(Folder.Temporary);
    }

    public RunFolder Folder { get; }

    public Ports Ports { get; } = new(areAny: true);

    /// <summary>Those that clients connect to.</summary>
    public IReadOnlyList<Member> Nodes => _nodes;

    public IReadOnlyList<IPEndPoint> Addresses => [.. _nodes.Select(node => new IPEndPoint(IPAddress.Loopback, node.Plan.Clients!.Port))];

    /// <summary>Starts processes at once, and returns when all are ready.</summary>
    /// <exception cref="CommandException">One of them ended instead; the end of its log is told with it.</exception>
    public async Task<IReadOnlyList<Member>> StartAsync(IEnumerable<MemberPlan> plans, CancellationToken stop)
    {
        var unasked = new List<string>();
        var members = plans.Select(plan => new Member(plan, _guard, line => Hear(line, unasked))).ToList();
        foreach (var member in members)
        {
            _all.Add(member);
            if (member.Plan.Clients is not null) _nodes.Add(member);
            member.Start();
        }
        foreach (var member in members)
        {
            if (await member.Settled.WaitAsync(stop).ConfigureAwait(false)) continue;
            await member.EndAsync(stop).ConfigureAwait(false);
            throw new CommandException($"{member.Plan.Name} did not start. {string.Join(' ', unasked)}");
        }
        return members;
    }

    /// <summary>What all processes that run have used and hold.</summary>
    public ProcessUsage Usage() => ProcessUsage.Of(_all.Select(member => member.Pid).OfType<int>());

    /// <summary>Kills one with −9.</summary>
    public static async Task KillAsync(Member member)
    {
        member.Kill();
        await member.Settled.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _all.Where(member => member.Pid is not null)) await member.EndAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        Folder.Dispose();
        _guard.Dispose();
    }

    private static void Hear(string line, List<string> unasked)
    {
        if (!line.Contains(", unasked", StringComparison.Ordinal)) return;
        // The end of its log comes with it, and lines there can be long.
        var told = string.Join(Environment.NewLine, line.Split(Environment.NewLine).Select(part => part.Length <= MostTold ? part : $"{part[..MostTold]}…"));
        unasked.Add(told);
        Console.Error.WriteLine(told);
    }
}
