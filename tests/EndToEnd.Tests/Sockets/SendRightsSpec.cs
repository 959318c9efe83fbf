using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class SendRightsSpec(ITestOutputHelper log)
{
    /// <summary>The setting, the token's claim, and whether it may send to bob.</summary>
    public static TheoryData<string, string?, bool> Rights => new()
    {
        { "all", null, true },
        { "all", "[]", true },
        { "none", "\"*\"", false },
        { "none", null, false },
        { "claim", null, false },
        { "claim", "\"*\"", true },
        { "claim", """["carol","bob"]""", true },
        { "claim", """["carol"]""", false },
        { "claim", "[]", false },
        { "claim", "7", false },
    };

    [Fact]
    public async Task The_setting_and_the_tokens_claim_say_who_may_send_to_whom()
    {
        foreach (var setting in Rights.GroupBy(row => (string)row[0]))
        {
            await using var node = await NodeProcess.StartAsync(log, ("Send:Allow", setting.Key));
            foreach (var row in setting) await AssertAsync(node, (string?)row[1], (bool)row[2]);
        }
    }

    [Fact]
    public async Task A_later_open_brings_other_rights()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Send:Allow", "claim"));
        var (alice, _) = await RawSocket.ReadyAsync(node, $"?access_token={Tokens.For("alice")}");
        await alice.SendAsync(FrameText.Send("bob", "m"));
        Assert.Equal("forbidden", (await alice.ReadAsync("err")).Text("code"));
        await alice.SendAsync($$"""{"type":"open","token":"{{Tokens.For("alice", send: "\"*\"")}}"}""");
        await alice.SendAsync(FrameText.Send("bob", "m"));
        Assert.Equal("m", (await alice.ReadAsync("ok")).Text("id"));
    }

    private static async Task AssertAsync(NodeProcess node, string? claim, bool allowed)
    {
        var (alice, _) = await RawSocket.ReadyAsync(node, $"?access_token={Tokens.For("alice", send: claim)}");
        var id = Guid.NewGuid().ToString();
        await alice.SendAsync(FrameText.Send("bob", id));
        await alice.SendAsync($$"""{"type":"send","to":"bob","data":1,"ephemeral":true}""");
        var answers = new[] { await alice.ReadAsync(), await alice.ReadAsync() };
        if (allowed) Assert.All(answers, answer => Assert.Equal("ok", answer.Text("type")));
        else Assert.All(answers, answer => Assert.Equal(("err", "forbidden"), (answer.Text("type"), answer.Text("code"))));
        await alice.CloseAsync();
    }
}
