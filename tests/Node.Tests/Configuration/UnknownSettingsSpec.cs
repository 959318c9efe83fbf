using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Configuration;

public sealed class UnknownSettingsSpec
{
    public static TheoryData<string, string> Sections => new()
    {
        { "Listen", "Clients, Api, Pbm" },
        { "Cluster", "Host, Port, Seeds, MinNodes, NodeName, Detection" },
        { "Persistence", "Provider, Path, Redis" },
        { "Auth", "SigningKey, Authority, Audience, Development" },
        { "Api", "Keys" },
        { "Gateway", "Url, AdvertiseUrl" },
        { "Sharding", "Shards, SettleMs, RolloutMs" },
        { "Reconnect", "PerSecond, GraceMs" },
        { "Drain", "NoticeMs, DeadlineMs" },
        { "Delivery", "DeadlineMs" },
        { "Retention", "Messages, Bytes, AgeMs, DedupIds, DedupMs, DeviceMs, AnonymousDeviceMs" },
        { "Limits", "FrameBytes, FramesPerSecond, FrameBurst, SocketsPerUser, DevicesPerUser, OutboxBytes, AcceptPerSecond, HandshakesPerAddress, Origins" },
        { "Send", "Allow" },
        { "Pbm", "Token" },
        { "ProxyProtocol", "Trusted" },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_key_that_no_section_has_is_told_with_those_it_has(string section, string keys)
    {
        Assert.Equal([$"{section}:Colour is not a setting. Allowed in {section}: {keys}."], Settings.FaultsOf(($"{section}:Colour", "red")));
        Assert.Equal([$"{section}:Colour is not a setting. Allowed in {section}: {keys}."], Settings.FaultsOf(($"{section}:Colour:Deep", "red")));
    }

    [Theory]
    [InlineData("Limits:FrameByte", "Limits:FrameBytes")]
    [InlineData("limits:framebyte", "Limits:FrameBytes")]
    [InlineData("Cluster:Prot", "Cluster:Port")]
    [InlineData("Cluster:Seed", "Cluster:Seeds")]
    [InlineData("Auth:SignKey", "Auth:SigningKey")]
    [InlineData("Api:Key", "Api:Keys")]
    [InlineData("Drain:Deadline", "Drain:DeadlineMs")]
    [InlineData("Gateway:Uri", "Gateway:Url")]
    public void A_key_that_is_nearly_one_is_told_with_the_right_one(string given, string meant)
    {
        var line = Assert.Single(Settings.FaultsOf((given, "1")));

        var section = meant.Split(':')[0];
        Assert.StartsWith($"{section}:{given.Split(':')[1]} is not a setting: did you mean {meant}? Allowed in {section}: ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Api:Keys:0", "Api:Keys:0 is not a setting: Api:Keys takes one value, and a list is comma-separated.")]
    [InlineData("Cluster:Port:X", "Cluster:Port:X is not a setting: Cluster:Port takes one value, and a list is comma-separated.")]
    public void A_key_below_a_setting_is_told(string key, string line) => Assert.Equal([line], Settings.FaultsOf((key, "1")));

    [Fact]
    public void Case_does_not_matter()
    {
        using var node = Settings.Read(("LIMITS:framebytes", "2048"), ("limits:FRAMEBURST", "7"));

        var limits = node.GetRequiredService<IOptions<LimitsOptions>>().Value;
        Assert.Equal((2048, 7), (limits.FrameBytes, limits.FrameBurst));
    }

    [Fact]
    public void A_null_leaves_the_default()
    {
        using var node = Settings.Read(("Limits:FrameBytes", null));

        Assert.Equal("65536", Settings.Masked(node)["Limits:FrameBytes"]);
    }

    [Theory]
    [InlineData("Gateway", "10.0.0.1")]
    [InlineData("Logging:LogLevel:Default", "Debug")]
    [InlineData("Kestrel:Certificates:Default:Path", "cert.pem")]
    public void What_is_in_none_of_the_sections_is_somebody_elses(string key, string value) => Settings.Read((key, value)).Dispose();

    [Fact]
    public void Each_fault_has_a_line_and_no_line_is_two()
    {
        var fault = Assert.Throws<SettingsException>(() => Settings.Read(("Cluster:Port", "x\r\ny\u2028z"), ("Limits:Fr\name", "1"), ("Send:Allow", new string('a', 300))));

        Assert.Equal(3, fault.Lines.Count);
        Assert.Equal("Cluster:Port is 'x\\u000d\\u000ay\\u2028z': it must be a whole number from 1 to 65535.", fault.Lines[0]);
        Assert.StartsWith("Limits:Fr\\u000aame is not a setting", fault.Lines[1], StringComparison.Ordinal);
        Assert.Equal($"Send:Allow is '{new string('a', 200)}…': it must be all, claim or none.", fault.Lines[2]);
        Assert.Equal(string.Join(Environment.NewLine, fault.Lines), fault.Message);
    }
}
