using System.Net;
using AkkaSockets.Client.Connections;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AkkaSockets.Client.Tests.Connections;

public class ReconnectPolicySpec
{
    private readonly ReconnectPolicy policy = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1001, 250)]
    [InlineData(1006, 1000)]
    [InlineData(1009, 1000)]
    [InlineData(1011, 1000)]
    [InlineData(1012, 250)]
    [InlineData(1013, 1000)]
    [InlineData(4001, 250)]
    [InlineData(4002, 250)]
    [InlineData(4003, 1000)]
    [InlineData(4004, 1000)]
    [InlineData(4499, 1000)]
    public void A_close_sets_the_longest_first_wait(int code, int milliseconds)
    {
        var decision = policy.Decide(Cause.Closed(code, ""), 0, canRefresh: true, random: 1);

        Assert.Equal(new Decision(TimeSpan.FromMilliseconds(milliseconds), FreshToken: code == 4002), decision);
    }

    [Theory]
    [InlineData(4500)]
    [InlineData(4501)]
    [InlineData(4502)]
    [InlineData(4503)]
    [InlineData(4504)]
    [InlineData(4999)]
    public void From_4500_on_there_is_no_coming_back(int code) =>
        Assert.True(policy.Decide(Cause.Closed(code, ""), 0, canRefresh: true, random: 1).Terminal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(1000, 30)]
    public void The_bound_doubles_up_to_the_cap(int attempt, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            policy.Decide(Cause.Failed("x"), attempt, canRefresh: false, random: 1).Delay);

    [Fact]
    public void At_once_is_at_once_only_the_first_time() =>
        Assert.Equal(
            TimeSpan.FromSeconds(2), policy.Decide(Cause.Closed(1012, ""), 2, canRefresh: false, random: 1).Delay);

    [Theory]
    [InlineData(401, true, false, true)]
    [InlineData(401, false, true, false)]
    [InlineData(400, true, true, false)]
    [InlineData(403, true, true, false)]
    [InlineData(404, true, false, false)]
    [InlineData(429, true, false, false)]
    [InlineData(502, true, false, false)]
    [InlineData(503, true, false, false)]
    public void A_refusal_ends_it_only_where_waiting_does_not_help(int status, bool canRefresh, bool terminal, bool fresh)
    {
        var decision = policy.Decide(Refused(status, null), 0, canRefresh, random: 0);

        Assert.Equal((terminal, fresh), (decision.Terminal, decision.FreshToken));
    }

    [Fact]
    public void Retry_after_is_a_least_and_the_jitter_comes_on_top()
    {
        var cause = Refused(429, TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), policy.Decide(cause, 0, canRefresh: false, random: 0).Delay);
        Assert.Equal(TimeSpan.FromSeconds(9), policy.Decide(cause, 1, canRefresh: false, random: 1).Delay);
    }

    [Fact]
    public void A_frame_is_obeyed_to_the_millisecond() =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(1830),
            policy.Decide(
                new Cause(ReconnectReason.Asked) { Wait = TimeSpan.FromMilliseconds(1830) },
                9, canRefresh: true, random: 1).Delay);

    [Property]
    public Property Jitter_is_full() =>
        Prop.ForAll(Gen.Choose(0, 1000).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (thousandths, attempt) =>
        {
            var random = thousandths / 1000.0;
            var bound = policy.Decide(Cause.Failed("x"), attempt, false, 1).Delay;
            var delay = policy.Decide(Cause.Failed("x"), attempt, false, random).Delay;
            return bound <= TimeSpan.FromSeconds(30) && Math.Abs((delay - (bound * random)).TotalMilliseconds) < 1;
        });

    private static Cause Refused(int status, TimeSpan? wait) =>
        new(ReconnectReason.Refused) { StatusCode = (HttpStatusCode)status, Wait = wait };
}
