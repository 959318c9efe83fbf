using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

[Collection(ComingAndGoing.Name)]
public sealed class MembersSpeakTlsSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [RedisFact]
    public async Task With_certificates_of_one_authority_they_are_a_cluster_and_whoever_has_none_of_it_is_no_member()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        using var ours = new MemberCertificates("ours");
        using var theirs = new MemberCertificates("theirs");
        var ports = Enumerable.Range(0, 4).Select(_ => FreePorts.Take()).ToList();
        var seeds = string.Join(',', ports.Take(2).Select(port => $"127.0.0.1:{port}"));
        await using var lighthouse = new NodeProcess(log, ("Listen:Clients", null), ("Cluster:Port", ports[0]), ("Cluster:Seeds", seeds), ("SSL_CERT_FILE", ours.AuthorityPath))
        {
            Program = ours.Install(BuiltNode.Lighthouse),
        };
        await using var node = Node(1, ours.Install(BuiltNode.Path), ours.AuthorityPath);
        await using var plain = Node(2, BuiltNode.Path, ours.AuthorityPath);
        await using var stranger = Node(3, theirs.Install(BuiltNode.Path), theirs.AuthorityPath);

        lighthouse.Launch();
        node.Launch();
        await Eventually.TrueAsync(async () => await node.Backend.HealthAsync("ready") == 200 && await MembersAsync(node) == 2, "the two are a cluster", Patience);
        Assert.Equal(1, await ProcessCluster.PublishUntilAcceptedAsync(node, "alice", "m1"));

        plain.Launch();
        // Five of its requests to be let in, each of them to both seeds.
        await Eventually.TrueAsync(() => plain.Output.Text.Split("Couldn't join seed nodes").Length > 5, "it asks in vain", Patience);
        Assert.NotEqual(200, await plain.Backend.HealthAsync("ready"));
        // Akka ends a system that trusts none of those it asks.
        stranger.Launch();
        await stranger.ExitAsync(Patience);
        Assert.Contains("TLS handshake failed", stranger.Output.Text, StringComparison.Ordinal);

        Assert.Equal(2, await MembersAsync(node));
        Assert.Equal(200, await node.Backend.HealthAsync("ready"));

        NodeProcess Node(int i, string program, string authority) => new(log,
        [
            ("Persistence:Provider", "redis"), ("Persistence:Redis", redis.ConnectionString), ("SSL_CERT_FILE", authority),
            ("Cluster:Port", ports[i]), ("Cluster:Seeds", seeds), ("Cluster:NodeName", $"node-{i}"),
        ])
        {
            Program = program,
        };
    }

    private static async Task<int> MembersAsync(NodeProcess node) =>
        (await node.Backend.AskAsync(HttpMethod.Get, "/api/cluster", null)).Json.GetProperty("members").EnumerateArray().Count(member => member.Text("status") == "Up");
}
