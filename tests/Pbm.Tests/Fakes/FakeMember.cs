extern alias member;

using System.Collections.Concurrent;
using System.Globalization;
using member::AkkaSockets.Admin.Cluster;
using member::AkkaSockets.Admin.Hosting;
using member::AkkaSockets.Admin.Palettes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MemberStatus = AkkaSockets.Messages.Admin.MemberStatus;

namespace AkkaSockets.Pbm.Tests.Fakes;

/// <summary>A member on a real port, with the real service and commands that answer what a test wants.</summary>
internal sealed class FakeMember : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _ended;

    private FakeMember(WebApplication app, TestPalette palette)
    {
        (_app, Palette) = (app, palette);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
    }

    /// <summary><c>host:port</c></summary>
    public string Address { get; }

    public TestPalette Palette { get; }

    public static async Task<FakeMember> StartAsync(string token = "")
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listener => listener.ForAdmin()));
        var palette = new TestPalette();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IMemberFacts>(new Facts()).AddAdmin(_ => token).AddSingleton<IPalette>(palette);
        var app = builder.Build();
        app.MapAdmin();
        await app.StartAsync();
        return new FakeMember(app, palette);
    }

    /// <summary>Runs pbm on this member.</summary>
    public Task<PbmRun> PbmAsync(params string[] args) => PbmRun.OfAsync([Address, .. args]);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Facts : IMemberFacts
    {
        public string Name => "node-1";

        public IEnumerable<(string Key, string Value)> Settings => [];

        public IEnumerable<MemberCheck> Checks => [];

        public Task<MemberStatus> ReadAsync(CancellationToken stop) => throw new NotSupportedException();
    }
}

/// <summary>Commands of all kinds.</summary>
internal sealed class TestPalette : IPalette
{
    private readonly ConcurrentQueue<string> _given = [];

    public string Name => "test";

    public string Help => "Commands for tests.";

    /// <summary>What <c>echo</c> was given, a text a command.</summary>
    public IEnumerable<string> Given => _given;

    /// <summary>Ends when a client of <c>tail</c> has gone.</summary>
    public TaskCompletionSource TailEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Command> Commands =>
    [
        new("rows", "Shows values of every kind.", RowsAsync),
        new("members", "Shows what cluster show does.", MembersAsync),
        new("nothing", "Shows an empty table.", run => run.Answer.TableAsync("things", "thing")),
        new("props", "Shows one thing.", run => run.Answer.RecordAsync("thing", ("name", "a thing"), ("memoryBytes", 170_900_000L), ("isGood", true), ("unknown", default(Cell)))),
        new("silent", "Tells of a silent member.", SilentAsync),
        new("echo", "Tells what it was given.", EchoAsync)
        {
            Switches =
            [
                new Switch("user", "A text.", 'u') { Mandatory = true, Placeholder = "USER" },
                new Switch("name", "Texts.", 'n') { Multiple = true, Placeholder = "NAME" },
                new Switch("wait", "A duration.", 'w') { Kind = member::AkkaSockets.Admin.Protocol.SwitchKind.Duration, Default = "5s", Placeholder = "DURATION" },
                new Switch("level", "One of few.", 'l') { Allowed = ["low", "high"], Placeholder = "LEVEL" },
                new Switch("count", "A number.", 'c') { Kind = member::AkkaSockets.Admin.Protocol.SwitchKind.Number },
                new Switch("flag", "A flag.") { Kind = member::AkkaSockets.Admin.Protocol.SwitchKind.Flag },
            ],
        },
        new("fail", "Fails.", _ => throw new CommandFailedException("It can't be done.")),
        new("break", "Breaks half way.", BreakAsync),
        new("tail", "Goes on.", TailAsync) { Streams = true },
    ];

    private static async Task RowsAsync(CommandRun run)
    {
        await run.Answer.TableAsync("things", "text", "number", "flag", "at", "list", "nothing");
        await run.Answer.RowAsync("a \"b\"", 7, true, DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123), Cell.Texts(["x", "y"]), default);
        await run.Answer.RowAsync("Zoë\u001b[31m", -1234567890123, false, DateTimeOffset.FromUnixTimeMilliseconds(0), Cell.Texts([]), "");
        await run.Answer.NoteAsync("A note.");
    }

    /// <summary>How many <c>members</c> shows.</summary>
    public const int Members = 4;

    private static async Task MembersAsync(CommandRun run)
    {
        await run.Answer.TableAsync("members", "member", "address", "status", "reachable", "leader", "state", "version", "since", "roles");
        await RowAsync("lighthouse", 24050, isLeader: true, "lighthouse");
        for (var i = 1; i < Members; i++) await RowAsync($"node-{i}", 24050 + i, isLeader: false, "node", "shards=256", "store=redis");

        Task RowAsync(string name, int port, bool isLeader, params string[] roles) => run.Answer.RowAsync(
            name, ((Cell)$"akka.tcp://akkasockets@127.0.0.1:{port}").Briefly($"127.0.0.1:{port}"), "Up", true, isLeader, "ready", "0.1.0",
            DateTimeOffset.Parse("2026-11-24T16:12:31Z", CultureInfo.InvariantCulture), Cell.Texts(roles).Briefly(roles[0]));
    }

    private static async Task SilentAsync(CommandRun run)
    {
        await run.Answer.TableAsync("nodes", "node");
        await run.Answer.RowAsync("node-1");
        await run.Answer.SilentAsync("node-2", TimeSpan.FromSeconds(3));
    }

    private Task EchoAsync(CommandRun run)
    {
        var s = run.Switches;
        var text = $"user={s.Text("user")} name={string.Join('+', s.Texts("name"))} wait={s.Duration("wait")} level={s.Text("level")} count={s.Number("count")} flag={s.Has("flag")}";
        _given.Enqueue(text);
        return run.Answer.RecordAsync("echo", ("given", text));
    }

    private static async Task BreakAsync(CommandRun run)
    {
        await run.Answer.TableAsync("things", "thing");
        await run.Answer.RowAsync("the first");
        throw new InvalidOperationException("a secret of the inside");
    }

    private async Task TailAsync(CommandRun run)
    {
        try
        {
            await run.Answer.EventsAsync("at", "event");
            for (var i = 0; ; i++)
            {
                await run.Answer.RowAsync(DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000 + i), $"event {i}");
                await Task.Delay(20, run.Stop);
            }
        }
        finally
        {
            TailEnded.TrySetResult();
        }
    }
}
