using System.Collections.Concurrent;
using System.Diagnostics;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Api;
using AkkaSockets.Node.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaSockets.Cluster.Tests;

public sealed class AMessageIsTracedAcrossNodesSpec
{
    [Fact]
    public async Task The_publish_leads_to_its_user_and_that_to_the_journal_and_each_delivery_wherever_they_happen()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.SettleAsync();
        var (here, there) = (cluster.Nodes[0], cluster.Nodes[1]);
        var user = await UserOfAsync(cluster, there);
        TestSocket[] sockets = [here.Open(user.Value, "phone"), there.Open(user.Value, "tablet")];
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");

        ActivitySource.AddActivityListener(listener);
        using var outer = new Activity("of the test").Start();
        var publisher = new Publisher(here.Asker, new ApiLimits(), TimeProvider.System, NullLogger<Publisher>.Instance);
        Assert.IsType<MessageStored>(await publisher.PublishAsync(new PublishRequest(user, MessageId.Parse("m"), JsonData.FromString("1"), Ephemeral: false), CancellationToken.None));
        Assert.IsType<EphemeralTold>(await publisher.PublishAsync(new PublishRequest(user, MessageId.Parse("e"), JsonData.FromString("2"), Ephemeral: true), CancellationToken.None));

        await TestCluster.UntilAsync(() => Mine().Count == 9, "the spans are not all there");
        var published = Mine().Where(span => span.OperationName == "publish").ToList();
        Assert.All(published, span => Assert.Equal(outer.SpanId, span.ParentSpanId));
        Assert.Equal(["durable", "ephemeral"], published.Select(span => span.GetTagItem("akkasockets.kind")));
        Assert.Equal(["deliver", "deliver", "journal"], PartsOf(UserOf(published[0])));
        Assert.Equal(["deliver", "deliver"], PartsOf(UserOf(published[1])));

        Activity UserOf(Activity publish)
        {
            var user = Assert.Single(Mine(), span => span.ParentSpanId == publish.SpanId);
            Assert.Equal("user", user.OperationName);
            return user;
        }

        string[] PartsOf(Activity span) => [.. Mine().Where(part => part.ParentSpanId == span.SpanId).Select(part => part.OperationName).Order()];

        // Other tests run beside this one.
        List<Activity> Mine() => [.. spans.Where(span => span.TraceId == outer.TraceId)];
    }

    private static async Task<UserId> UserOfAsync(TestCluster cluster, TestNode owner)
    {
        for (var i = 0; ; i++)
        {
            var user = UserId.Parse($"traced-{i}");
            if (await TestCluster.OwnerAsync(cluster.Nodes[0], user) == owner.Name) return user;
        }
    }
}
