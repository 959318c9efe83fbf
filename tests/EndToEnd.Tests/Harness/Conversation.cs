using System.Diagnostics;
using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Two users of the JavaScript client who talk in Node.js, as clients/js/e2e/conversation.mjs has it.</summary>
internal sealed class Conversation : IDisposable
{
    // A script on a busy machine starts within it, and brings the rest of what was said.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Conversation(Process process, string sender, string receiver) =>
        (_process, _errors, Sender, Receiver) = (process, process.StandardError.ReadToEndAsync(), sender, receiver);

    public string Sender { get; }

    public string Receiver { get; }

    /// <summary>One in which both are connected.</summary>
    /// <param name="nodes">Where they connect, in turn.</param>
    public static async Task<Conversation> StartAsync(IEnumerable<NodeProcess> nodes, string sender, string receiver, params (string Key, string Value)[] environment)
    {
        var process = NodeJs.Start(
            ["e2e/conversation.mjs"], [("WS_URL", string.Join(',', nodes.Select(node => node.SocketUrl))), ("USERS", $"{sender},{receiver}"), .. environment]);
        var talk = new Conversation(process, sender, receiver);
        Assert.Equal("talking", await talk.ReadAsync());
        return talk;
    }

    /// <summary>Waits until so many more messages are in the receiver's log, as this node has it.</summary>
    public async Task GoesOnAsync(NodeProcess node, int messages = 30)
    {
        var least = 0L;
        await Eventually.TrueAsync(async () =>
        {
            if (await DescribeAsync(node, Receiver) is not { } user) return false;
            if (least == 0) least = user.Number("head") + messages;
            return user.Number("head") >= least;
        }, $"{messages} more messages are in the log of {Receiver}", Patience);
    }

    /// <summary>The node that has a user's socket, as this node knows it; null while none has.</summary>
    public static async Task<string?> SocketOfAsync(NodeProcess node, string user) =>
        (await DescribeAsync(node, user))?.GetProperty("devices").EnumerateArray().Where(device => device.Flag("connected")).Select(device => device.Text("node")).SingleOrDefault();

    /// <summary>Waits until both have their sockets where <paramref name="isThere"/> says, of a user and the name of a node.</summary>
    public Task SitAsync(NodeProcess node, Func<string, string, bool> isThere, string where) => Eventually.TrueAsync(async () =>
    {
        foreach (var user in (string[])[Sender, Receiver])
        {
            if (await SocketOfAsync(node, user) is not { } at || !isThere(user, at)) return false;
        }
        return true;
    }, $"{Sender} and {Receiver} have their sockets {where}", Patience);

    /// <summary>Ends it. Nothing was lost, repeated or out of order.</summary>
    public async Task<Talked> EndAsync()
    {
        await _process.StandardInput.WriteLineAsync("enough");
        using var told = JsonDocument.Parse(await ReadAsync());
        // Nothing of its clients keeps the process.
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, _process.ExitCode);
        var talked = new Talked(told.RootElement.Clone());
        talked.Check();
        return talked;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        Reaper.Ended(_process.Id);
        _process.Dispose();
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException($"The script ended: {await _errors}");

    private static async Task<JsonElement?> DescribeAsync(NodeProcess node, string user) =>
        await node.Backend.AskAsync(HttpMethod.Get, $"/api/users/{user}", null) is { Status: System.Net.HttpStatusCode.OK, Json: var described } ? described : null;
}

/// <summary>What was said, what arrived, and what happened meanwhile.</summary>
internal sealed class Talked(JsonElement told)
{
    /// <summary>What the clients told of themselves.</summary>
    public IReadOnlyList<(string Who, string What, string Why)> Events { get; } =
        [.. told.GetProperty("events").EnumerateArray().Select(e => (e[0].GetString()!, e[1].GetString()!, e[2].ToString()))];

    /// <summary>The frames that asked a user to come back, in order: for what reason, and to where.</summary>
    public IReadOnlyList<(string Reason, string? Url)> AskedOf(string user) =>
        [.. told.GetProperty("asked").EnumerateArray().Where(frame => frame.Text("user") == user).Select(frame => (frame.Text("reason"), frame.Has("url") ? frame.Text("url") : null))];

    public override string ToString() => $"{told.GetProperty("sent").GetArrayLength()} sent; {told.GetProperty("asked")}; {told.GetProperty("events")}";

    public void Check()
    {
        var sent = told.GetProperty("sent").EnumerateArray().ToList();
        var arrived = told.GetProperty("arrived").EnumerateArray().ToList();
        // Sends to one user keep their order, so the n-th is the n-th of the log.
        Assert.Equal(Enumerable.Range(0, sent.Count), arrived.Select(message => message.GetProperty("data").GetInt32()));
        Assert.Equal(Enumerable.Range(1, sent.Count), arrived.Select(message => message.GetProperty("seq").GetInt32()));
        Assert.All(sent, pair => Assert.Equal(pair.GetProperty("n").GetInt32() + 1, pair.GetProperty("seq").GetInt32()));
        Assert.Single(arrived.Select(message => message.GetProperty("epoch").GetString()).Distinct());
        Assert.Equal(1, told.GetProperty("ephemeral").GetInt32());
        Assert.DoesNotContain(Events, e => e.What is "gap" or "reset" or "fault" || (e.What == "stopped" && e.Why.Length > 0));
    }
}
