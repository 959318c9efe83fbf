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
    public async Task Its_journaling_and_each_delivery_are_parts_of_the_publish_wherever_they_happen()
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

        await TestCluster.UntilAsync(() => Mine().Count == 7, "the spans are not all there");
        var published = Mine().Where(span => span.OperationName == "publish").ToList();
        Assert.All(published, span => Assert.Equal(outer.SpanId, span.ParentSpanId));
        Assert.Equal(["durable", "ephemeral"], published.Select(span => span.GetTagItem("akkasockets.kind")));
        string[] PartsOf(Activity publish) => [.. Mine().Where(span => span.ParentSpanId == publish.SpanId).Select(span => span.OperationName).Order()];
        Assert.Equal(["deliver", "deliver", "journal"], PartsOf(published[0]));
        Assert.Equal(["deliver", "deliver"], PartsOf(published[1]));

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
