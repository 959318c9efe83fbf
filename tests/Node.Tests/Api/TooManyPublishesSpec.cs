using System.Net;
using AkkaSockets.Node.Api;

namespace AkkaSockets.Node.Tests.Api;

public sealed class TooManyPublishesSpec
{
    [Theory]
    [InlineData("/api/users/alice/messages", """{"data":1}""")]
    [InlineData("/api/messages", """[{"user":"alice","data":1}]""")]
    public async Task A_publish_over_the_limit_is_told_to_come_back_and_the_place_is_given_back(string path, string body)
    {
        await using var host = await ApiHost.StartAsync(limits: new ApiLimits { ConcurrentPublishes = 1, ConcurrentBatches = 1 });
        var held = new TaskCompletionSource();
        host.Users.Answer = async command =>
        {
            await held.Task;
            return host.Users.AnswerAsUser(command);
        };

        var first = host.PostAsync(path, body);
        await Wait.UntilAsync(() => !host.Users.Commands.IsEmpty);
        var second = await host.PostAsync(path, body);
        held.SetResult();

        await ApiFaultsSpec.AssertProblem(second, 429, "busy");
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
        Assert.True((await first).IsSuccessStatusCode);
        Assert.True((await host.PostAsync(path, body)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Api.GetAsync("/api/users/alice")).StatusCode);
    }
}
