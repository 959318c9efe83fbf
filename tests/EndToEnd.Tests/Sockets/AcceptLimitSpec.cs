using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class AcceptLimitSpec(ITestOutputHelper log)
{
    [Fact]
    public async Task Sockets_above_the_rate_are_refused_with_429_and_a_time_to_wait()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Limits:AcceptPerSecond", 1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RawConnection.AskAsync(node.Clients, new Upgrade($"?user=user-{i}").ToString())));

        Assert.Contains(answers, answer => answer.Status == 101);
        var refused = answers.Where(answer => answer.Status != 101).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer =>
        {
            Assert.Equal(429, answer.Status);
            Assert.InRange(int.Parse(answer.Headers["Retry-After"]), 1, 60);
            Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        });
        await Eventually.TrueAsync(
            async () => (await RawConnection.AskAsync(node.Clients, new Upgrade("?user=later").ToString())).Status == 101, "there is room again");
    }
}
