using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Lighthouse.Tests;

public sealed class LighthouseSettingsSpec
{
    private static (ClusterMemberOptions Member, LighthouseListenerOptions Listen) Read(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLighthouseOptions(Configuration(settings), out var listen);
        return (services.BuildServiceProvider().GetRequiredService<IOptions<ClusterMemberOptions>>().Value, listen);
    }

    private static IConfiguration Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();

    private static string FaultOf(params (string Key, string Value)[] settings) =>
        Assert.Single(Assert.Throws<SettingsException>(() => new ServiceCollection().AddLighthouseOptions(Configuration(settings), out _)).Lines);

    [Fact]
    public void Without_settings_it_is_found_beside_a_node_and_listens_to_members_only()
    {
        var (member, listen) = Read();
        Assert.Equal("127.0.0.1:4053", member.Address);
        Assert.Equal("127.0.0.1:4053", member.NodeName);
        Assert.Empty(member.SeedList);
        Assert.Equal(("", ""), (listen.Api, listen.Pbm));
    }

    [Fact]
    public void It_takes_every_members_settings_and_its_two_listeners()
    {
        var (member, listen) = Read(
            ("Cluster:Host", "10.0.0.1"), ("Cluster:Port", "5053"), ("Cluster:Seeds", "10.0.0.1:5053,10.0.0.2:5054"), ("Cluster:MinNodes", "2"), ("Cluster:NodeName", "light"),
            ("Listen:Api", "http://127.0.0.1:0"), ("Listen:Pbm", "127.0.0.1:9110"));
        Assert.Equal(("10.0.0.1:5053", "light", 2), (member.Address, member.NodeName, member.MinNodes));
        Assert.Equal(["10.0.0.1:5053", "10.0.0.2:5054"], member.SeedList);
        Assert.Equal(("http://127.0.0.1:0", "127.0.0.1:9110"), (listen.Api, listen.Pbm));
    }

    [Theory]
    [InlineData("Cluster:Prot", "1", "Cluster:Prot is not a setting: did you mean Cluster:Port? Allowed in Cluster: Host, Port, Seeds, MinNodes, NodeName, Detection.")]
    [InlineData("Listen:Clients", "http://127.0.0.1:1", "Listen:Clients is not a setting. Allowed in Listen: Api, Pbm.")]
    [InlineData("Cluster:Port", "0", "Cluster:Port is '0': it must be a whole number from 1 to 65535.")]
    [InlineData("Cluster:Seeds", "a:1,b", "Cluster:Seeds is 'a:1,b': it must be empty, self or a comma-separated list of host:port.")]
    [InlineData("Listen:Api", "8081", "Listen:Api is '8081': it must be empty, or an http or https URL with a host and a port and no path, as http://127.0.0.1:8081.")]
    [InlineData("Listen:Pbm", "9110", "Listen:Pbm is '9110': it must be empty or host:port.")]
    public void A_wrong_setting_is_one_line_that_names_the_key_what_was_given_and_what_is_allowed(string key, string value, string line) =>
        Assert.Equal(line, FaultOf((key, value)));

    [Fact]
    public void Commands_from_elsewhere_need_a_token()
    {
        Assert.StartsWith("Pbm:Token is missing", FaultOf(("Listen:Pbm", "0.0.0.0:9110")), StringComparison.Ordinal);
        Read(("Listen:Pbm", "0.0.0.0:9110"), ("Pbm:Token", "secret"));
    }

    [Fact]
    public void What_only_nodes_have_is_not_looked_at() => Read(("Persistence:Provider", "nonsense"), ("Sharding:Shards", "-1"));
}
