using AkkaSockets.EndToEnd.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

[Collection(Heavy.Name)]
public sealed class TenThousandHostileFramesSpec(ITestOutputHelper log)
{
    private const int Attackers = 8;
    private const int PayloadsEach = 1125;
    private const int BrokenFramingsEach = 125;
    private const int Size = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Ten_thousand_hostile_frames_from_several_sockets_disturb_no_other_socket()
    {
        var seed = (ulong)Random.Shared.NextInt64();
        log.WriteLine($"seed {seed}");
        await using var node = await NodeProcess.StartAsync(log, ("Limits:FramesPerSecond", 1_000_000), ("Limits:FrameBurst", 1_000_000), ("Limits:AcceptPerSecond", 1_000_000));
        var (sender, _) = await RawSocket.ReadyAsync(node, "?user=sender");
        var (witness, _) = await RawSocket.ReadyAsync(node, "?user=witness");

        using var over = new CancellationTokenSource();
        var witnessed = WitnessAsync(sender, witness, over.Token);
        var attacks = Enumerable.Range(0, Attackers).Select(i => AttackAsync(node, $"attacker-{i}", seed + (ulong)i)).ToList();
        var closes = (await Task.WhenAll(attacks).Within(Patience)).SelectMany(codes => codes).CountBy(code => code).ToDictionary();
        await over.CancelAsync();
        log.WriteLine($"{await witnessed.Within()} messages witnessed; closes: {string.Join(", ", closes.Select(close => $"{close.Value} × {close.Key}"))}");

        // Nothing but what the client did wrong, and never a fault of the server (1011).
        Assert.Subset(new HashSet<int> { 1007, 1009, 4501 }, closes.Keys.ToHashSet());
        Assert.Equal(200, await node.Backend.HealthAsync("ready"));
        Assert.Empty(node.Output.Faults);
    }

    /// <summary>Messages go from one to the other, each at once and in order, until told to stop.</summary>
    private static async Task<int> WitnessAsync(RawSocket sender, RawSocket witness, CancellationToken over)
    {
        var sent = 0;
        while (!over.IsCancellationRequested)
        {
            sent++;
            await sender.SendAsync(FrameText.Send("witness", $"w-{sent}", $"{sent}"));
            Assert.Equal(sent, (await sender.ReadAsync("ok")).Number("seq"));
            var message = await witness.ReadAsync("msg");
            Assert.Equal((sent, $"{sent}", "sender"), (message.Number("seq"), message.Data(), message.Text("from")));
        }
        return sent;
    }

    /// <summary>Sends it all, on a new socket whenever one was closed, and returns the codes it was closed with.</summary>
    private static async Task<IReadOnlyList<int>> AttackAsync(NodeProcess node, string user, ulong seed)
    {
        var codes = new List<int>();
        RawSocket? socket = null;
        foreach (var payload in HostileFrames.Payloads(user).Sample(PayloadsEach, new Rnd(seed), Size))
        {
            socket ??= (await RawSocket.ReadyAsync(node, $"?user={user}&device=phone")).Socket;
            await socket.SendAsync(new RawFrame(Opcode.Text, payload));
            if (await IsAliveAsync(socket) is not { } code) continue;
            codes.Add(code);
            await socket.DisposeAsync();
            socket = null;
        }
        foreach (var bytes in HostileFrames.Framing().Sample(BrokenFramingsEach, new Rnd(seed), Size))
        {
            // Whatever it begins, nothing may come of it but an end: here the client's own, without a goodbye.
            await using var broken = (await RawSocket.ReadyAsync(node, $"?user={user}")).Socket;
            await broken.WriteAsync(bytes);
        }
        return codes;
    }

    /// <summary>Null when a ping is answered, which is behind all answers to what came before it; else the code of the close.</summary>
    private static async Task<int?> IsAliveAsync(RawSocket socket)
    {
        await socket.SendAsync("""{"type":"ping"}""");
        var patience = new Patience();
        while (true)
        {
            var frame = await socket.ReadFrameAsync(patience.Left);
            if (frame.Opcode == Opcode.Close) return frame.CloseCode;
            if (frame.Opcode == Opcode.Text && frame.Payload.AsSpan().SequenceEqual("""{"type":"pong"}"""u8)) return null;
        }
    }
}
