using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Configuration;

public sealed class DefaultSettingsSpec
{
    private static readonly Dictionary<string, string> Promised = new()
    {
        ["Listen:Clients"] = "http://127.0.0.1:8080",
        ["Listen:Api"] = "http://127.0.0.1:8081",
        ["Listen:Pbm"] = "127.0.0.1:9110",
        ["Cluster:Host"] = "127.0.0.1",
        ["Cluster:Port"] = "4054",
        ["Cluster:Seeds"] = "",
        ["Cluster:MinNodes"] = "1",
        ["Cluster:Detection"] = "steady",
        ["Cluster:NodeName"] = "127.0.0.1:4054",
        ["Persistence:Provider"] = "embedded",
        ["Persistence:Path"] = "data",
        ["Persistence:Redis"] = "",
        ["Auth:SigningKey"] = "",
        ["Auth:Authority"] = "",
        ["Auth:Audience"] = "",
        ["Auth:Development"] = "True",
        ["Api:Keys"] = "",
        ["Gateway:Url"] = "",
        ["Gateway:AdvertiseUrl"] = "",
        ["Sharding:Shards"] = "256",
        ["Sharding:SettleMs"] = "2000",
        ["Sharding:RolloutMs"] = "10000",
        ["Reconnect:PerSecond"] = "200",
        ["Reconnect:GraceMs"] = "30000",
        ["Drain:NoticeMs"] = "0",
        ["Drain:DeadlineMs"] = "25000",
        ["Delivery:DeadlineMs"] = "10000",
        ["Retention:Messages"] = "1000",
        ["Retention:Bytes"] = "262144",
        ["Retention:AgeMs"] = "604800000",
        ["Retention:DedupIds"] = "1000",
        ["Retention:DedupMs"] = "600000",
        ["Retention:DeviceMs"] = "604800000",
        ["Retention:AnonymousDeviceMs"] = "120000",
        ["Limits:FrameBytes"] = "65536",
        ["Limits:FramesPerSecond"] = "50",
        ["Limits:FrameBurst"] = "100",
        ["Limits:SocketsPerUser"] = "20",
        ["Limits:DevicesPerUser"] = "50",
        ["Limits:OutboxBytes"] = "1048576",
        ["Limits:AcceptPerSecond"] = "1000",
        ["Limits:HandshakesPerAddress"] = "1000",
        ["Limits:Origins"] = "",
        ["Send:Allow"] = "all",
        ["Pbm:Token"] = "",
        ["ProxyProtocol:Trusted"] = "",
    };

    [Fact]
    public void Development_needs_no_setting_and_has_the_promised_defaults() =>
        Assert.Equal(Promised, Settings.Masked(Settings.ReadBare(Environments.Development)));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Elsewhere_only_who_may_do_what_is_stricter(string environment)
    {
        var node = Settings.ReadBare(environment, ("Auth:SigningKey", Settings.Key), ("Api:Keys", "k"));

        var promised = new Dictionary<string, string>(Promised)
        {
            ["Auth:SigningKey"] = "***",
            ["Api:Keys"] = "***",
            ["Auth:Development"] = "False",
            ["Send:Allow"] = "claim",
        };
        Assert.Equal(promised, Settings.Masked(node));
    }

    [Fact]
    public void Times_are_there_as_time_spans_too()
    {
        var node = Settings.Read();

        Assert.Equal(TimeSpan.FromSeconds(2), Of<PlacementOptions>(node).Settle);
        Assert.Equal(TimeSpan.FromSeconds(30), Of<ReconnectOptions>(node).Grace);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(25)), (Of<DrainOptions>(node).Notice, Of<DrainOptions>(node).Deadline));
        Assert.Equal(TimeSpan.FromSeconds(10), Of<DeliveryOptions>(node).Deadline);
        var retention = Of<RetentionOptions>(node);
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromMinutes(10)), (retention.Age, retention.Dedup));
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromMinutes(2)), (retention.Device, retention.AnonymousDevice));
    }

    private static T Of<T>(IServiceProvider node)
        where T : class => node.GetRequiredService<IOptions<T>>().Value;
}
