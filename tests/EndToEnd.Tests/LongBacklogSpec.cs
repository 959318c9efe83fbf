using System.Text;
using AkkaSockets.Client;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

[Collection(Heavy.Name)]
public sealed class LongBacklogSpec(ITestOutputHelper log)
{
    private const int Messages = 1000;

    [Fact]
    public async Task A_client_with_a_backlog_many_times_its_outbox_gets_all_of_it_in_order()
    {
        // A backlog of 8 MB through an outbox of 16 kB.
        await using var node = await NodeProcess.StartAsync(log, ("Limits:OutboxBytes", 16_384), ("Retention:Bytes", 100_000_000));
        var (phone, ready) = await RawSocket.ReadyAsync(node, "?user=alice&device=phone");
        await phone.CloseAsync();
        foreach (var part in Enumerable.Range(1, Messages).Chunk(100))
            await node.Backend.PublishAllAsync("alice", part.Select(seq => $"\"{seq}-{new string('x', 8000)}\""));

        var (again, resumed) = await RawSocket.ReadyAsync(node, $"?user=alice&device=phone&epoch={ready.Text("epoch")}&seq=0");
        Assert.Equal((true, false, Messages), (resumed.Flag("resumed"), resumed.Flag("gap"), resumed.Number("head")));
        for (var seq = 1; seq <= Messages; seq++)
        {
            var message = await again.ReadAsync("msg");
            Assert.Equal(seq, message.Number("seq"));
            Assert.StartsWith($"\"{seq}-", message.Data());
            // Live messages that come meanwhile take their place behind the backlog.
            if (seq % 100 == 0) await node.Backend.PublishAsync("alice", $"\"{Messages + (seq / 100)}-live\"");
        }
        for (var seq = Messages + 1; seq <= Messages + 10; seq++) Assert.Equal(seq, (await again.ReadAsync("msg")).Number("seq"));
    }

    [Fact]
    public async Task The_client_library_takes_a_backlog_without_coming_back()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Limits:OutboxBytes", 16_384));
        await RawSocket.ReadyAsync(node, "?user=alice&device=keeps");
        await node.Backend.PublishAllAsync("alice", Enumerable.Range(1, Messages).Select(seq => $"{seq}"));

        var client = new AkkaSocketsClient(new AkkaSocketsClientOptions { Url = node.SocketUrl, DevelopmentUser = "alice", Device = "phone" });
        node.Own(client);
        var comebacks = 0;
        client.Reconnecting += (_, why) => comebacks += why.Reason == ReconnectReason.Start ? 0 : 1;
        await client.StartAsync().Within();
        var expected = 1;
        using var patience = new CancellationTokenSource(Eventually.Generous);
        await foreach (var message in client.Messages(patience.Token))
        {
            Assert.Equal((expected, $"{expected}"), (message.Seq, Encoding.UTF8.GetString(message.Data.Span)));
            if (expected++ == Messages) break;
        }
        Assert.Equal(0, comebacks);
    }

    [Fact]
    public async Task What_retention_dropped_is_told_as_a_gap()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Retention:Messages", 100));
        var (phone, ready) = await RawSocket.ReadyAsync(node, "?user=alice&device=phone");
        await phone.CloseAsync();
        await node.Backend.PublishAllAsync("alice", Enumerable.Range(1, 250).Select(seq => $"{seq}"));
        var (again, resumed) = await RawSocket.ReadyAsync(node, $"?user=alice&device=phone&epoch={ready.Text("epoch")}&seq=0");
        Assert.Equal((true, 250), (resumed.Flag("gap"), resumed.Number("head")));
        var first = resumed.Number("first");
        Assert.InRange(first, 151, 250);
        for (var seq = first; seq <= 250; seq++) Assert.Equal(seq, (await again.ReadAsync("msg")).Number("seq"));
    }
}
