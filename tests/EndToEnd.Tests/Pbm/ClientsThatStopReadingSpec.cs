using System.Globalization;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>What the node keeps for operators who follow and do not read is bounded, they are told how much they missed, and nobody else notices.</summary>
[Collection(Heavy.Name)]
public sealed class ClientsThatStopReadingSpec(ITestOutputHelper log)
{
    private const int Stalled = 5;

    // Two lines and two events each: more than the 4,096 that wait for a client, and what is on the way to it.
    private const int Sockets = 2_800;
    private const int AtOnce = 8;

    // The lines that wait, and those in HTTP/2's window and the node's own buffers, of some 250 bytes each.
    private const int MostRows = 4_096 + 1_000;
    private const long MostBytes = 300_000_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(300);

    [Fact]
    public async Task What_they_do_not_read_is_dropped_and_counted_and_the_others_are_served()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Cluster:NodeName", "node-1"));
        using var reader = new AdminCaller(node);
        using var lines = reader.Begin("log tail --level debug");
        using var events = reader.Begin("sockets tail");
        lines.Follow();
        events.Follow();
        await RawSocketAsync(node, 0);
        var stalled = new List<(AdminCaller Caller, AdminAnswer Lines, AdminAnswer Events)>();
        for (var i = 0; i < Stalled; i++)
        {
            var caller = new AdminCaller(node);
            stalled.Add((caller, caller.Begin("log tail --level debug"), caller.Begin("sockets tail")));
            // The tables: from now on they are followed, and read nothing.
            Assert.True(await stalled[i].Lines.NextAsync().Within(Settle));
            Assert.True(await stalled[i].Events.NextAsync().Within(Settle));
        }
        var (before, from) = (await MemoryAsync(reader), lines.Rows.Count);

        await Task.WhenAll(Enumerable.Range(1, AtOnce).Select(async at =>
        {
            for (var i = at; i <= Sockets; i += AtOnce) await RawSocketAsync(node, i);
        }));
        await Eventually.TrueAsync(() => CountOf(lines, "ended with") > Sockets && events.Rows.Count(row => row["event"] == "closed") > Sockets, "who reads is told of every socket", Settle);
        Assert.InRange(await MemoryAsync(reader) - before, long.MinValue, MostBytes);

        foreach (var (caller, silent, _) in stalled)
        {
            await silent.ReadUntilAsync(answer => answer.Rows.Count + MissedOf(answer) >= 2 * Sockets, "it was told of every line, or that it missed it", Settle);
            log.WriteLine($"{silent.Rows.Count} lines, {MissedOf(silent)} missed");
            Assert.InRange(silent.Rows.Count, 1, MostRows);
            Assert.InRange(MissedOf(silent), 1, 2 * Sockets);
        }
        foreach (var (caller, silent, other) in stalled)
        {
            silent.Dispose();
            other.Dispose();
            caller.Dispose();
        }
        await Eventually.TrueAsync(async () => await reader.CountCommandsAsync() == 1, "only who reads has an actor", Settle);
        Assert.Empty(node.Output.Faults);
    }

    private static async Task RawSocketAsync(NodeProcess node, int i)
    {
        // Long names, so that what waits weighs something.
        await using var socket = (await RawSocket.ReadyAsync(node, $"?user={new string('u', 100)}-{i % 64}")).Socket;
    }

    private static int CountOf(AdminAnswer lines, string text) => lines.Rows.Count(row => row["message"].Contains(text, StringComparison.Ordinal));

    private static long MissedOf(AdminAnswer answer) => answer.Notes.Sum(note => long.Parse(note.Split(' ')[0], CultureInfo.InvariantCulture));

    private static async Task<long> MemoryAsync(AdminCaller caller) => (await caller.RunAsync("node status"))[0].Number("memoryBytes");
}
