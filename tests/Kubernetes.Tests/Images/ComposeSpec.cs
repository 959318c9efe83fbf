using System.Net;
using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests.Images;

public sealed class ComposeSpec
{
    private static readonly string[] Nodes = ["node-0", "node-1", "node-2"];

    public static TheoryData<string> Services => [.. Compose.Services.Keys];

    public static TheoryData<string> NodeServices => [.. Nodes];

    [Fact]
    public void It_has_all_parts() => Assert.Equal(["haproxy", "lighthouse", .. Nodes, "redis"], Compose.Services.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(NodeServices))]
    public void A_node_would_start_with_its_settings(string service)
    {
        Assert.Empty(SettingsRule.OfNode(Compose.EnvironmentOf(service)));
        Assert.Equal(service, Compose.EnvironmentOf(service)["Cluster__Host"]);
    }

    [Fact]
    public void The_Lighthouse_would_start_with_its_settings() => Assert.Empty(SettingsRule.OfLighthouse(Compose.EnvironmentOf("lighthouse")));

    [Fact]
    public void All_members_have_the_same_seeds_and_each_is_a_service()
    {
        var seeds = Assert.Single(Nodes.Append("lighthouse").Select(member => Compose.EnvironmentOf(member)["Cluster__Seeds"]).Distinct());
        Assert.All(seeds.Split(','), seed => Assert.Equal(seed.Split(':')[1], Compose.EnvironmentOf(seed.Split(':')[0])["Cluster__Port"]));
        Assert.StartsWith("lighthouse:", seeds, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_can_do_no_more_than_in_a_pod(string service)
    {
        var it = Compose.Services[service];
        Assert.Equal("true", it["read_only"]);
        Assert.Equal(["ALL"], (List<object>)it["cap_drop"]);
        Assert.Contains("no-new-privileges:true", (List<object>)it["security_opt"]);
        Assert.NotEqual("0", ((string)it["user"]).Split(':')[0]);
    }

    [Theory]
    [MemberData(nameof(NodeServices))]
    public void A_node_is_given_the_time_that_it_takes_to_stop(string service) =>
        Assert.True(int.Parse(((string)Compose.Services[service]["stop_grace_period"]).TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture)
            > (int.Parse(Compose.EnvironmentOf(service)["Drain__DeadlineMs"], System.Globalization.CultureInfo.InvariantCulture) / 1000) + 15);

    [Fact]
    public void Nodes_believe_haproxy_and_nobody_else()
    {
        var networks = (Dictionary<object, object>)Compose.Services["haproxy"]["networks"];
        var address = IPAddress.Parse((string)((Dictionary<object, object>)networks["inside"])["ipv4_address"]);
        Assert.All(Nodes, node => Assert.Equal($"{address}/32", Compose.EnvironmentOf(node)["ProxyProtocol__Trusted"]));
        // Nobody comes in past it.
        Assert.All(Nodes.Where(node => Compose.Services[node].ContainsKey("ports")),
            node => Assert.DoesNotContain((List<object>)Compose.Services[node]["ports"], port => ((string)port).EndsWith(":8080", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_it_mounts_is_there(string service)
    {
        if (!Compose.Services[service].TryGetValue("volumes", out var volumes)) return;
        Assert.All(((List<object>)volumes).Cast<string>().Where(volume => volume.StartsWith("./", StringComparison.Ordinal)),
            volume => Assert.True(File.Exists(Repository.PathOf(volume.Split(':')[0])), volume));
    }
}
