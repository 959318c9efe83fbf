using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaSockets.Cluster.Tests;

/// <summary>
/// A member that only is one, as Lighthouse or a node without its users: akka.hocon, a list of seeds and what every member knows of membership. It has an address
/// of its own, which it keeps when it is started again.
/// </summary>
internal sealed class TestMember(string host, string[] roles) : IAsyncDisposable
{
    private readonly int _port = FreePort(host);
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorSystem? _system;

    /// <summary>Whether its links can be cut; all members of a cluster alike.</summary>
    public bool CanBeCut { get; init; }

    public ActorSystem System => _system!;

    private string Protocol => CanBeCut ? "akka.trttl.tcp" : "akka.tcp";

    /// <summary>As <c>Cluster:Seeds</c> has it.</summary>
    public string Address => $"{host}:{_port}";

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(_system!);

    public Majority Majority { get; private set; } = new(TimeProvider.System);

    /// <summary>Why it was told that it can't be in this cluster.</summary>
    public Task<string> Refused => _refused.Task;

    /// <summary>Its status, as it has it itself.</summary>
    public MemberStatus Status => Cluster.State.Members.FirstOrDefault(member => member.UniqueAddress.Equals(Cluster.SelfUniqueAddress))?.Status ?? MemberStatus.Removed;

    public static TestMember Lighthouse(string host, bool canBeCut = false) => new(host, [MemberRoles.Lighthouse]) { CanBeCut = canBeCut };

    public static TestMember Node(string host, int shards = 256, string store = "redis", bool canBeCut = false) =>
        new(host, [.. MemberRoles.OfNode(shards, store)]) { CanBeCut = canBeCut };

    /// <summary>Starts it, and does not wait for a cluster.</summary>
    public void Start(params IEnumerable<TestMember> seeds)
    {
        var addresses = seeds.Select(seed => seed.Address).ToList();
        var config = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = WARNING
              stdout-loglevel = WARNING
              remote.dot-netty.tcp { hostname = "{{host}}", port = {{_port}}, applied-adapters = {{(CanBeCut ? "[trttl]" : "[]")}} }
              cluster {
                roles = {{JsonSerializer.Serialize(roles)}}
                seed-nodes = {{JsonSerializer.Serialize(addresses.Select(seed => $"{Protocol}://test@{seed}"))}}
                seed-node-timeout = {{(addresses[0] == Address ? 10 : 3)}}s
              }
              coordinated-shutdown.run-by-actor-system-terminate = off
            }
            """)
            .WithFallback(ClusterMessageSerialization.Config)
            .WithFallback(ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "akka.hocon"))));
        _system = ActorSystem.Create("test", config);
        Majority = new Majority(TimeProvider.System);
        MembershipRegistration.Start(_system, Majority, new FirstPlacement(1), string.Join(", ", addresses), why => _refused.TrySetResult(why), NullLogger.Instance);
    }

    /// <summary>The members that are Up, as this one has it; null where it does not reach one of them.</summary>
    public IReadOnlySet<string>? Up()
    {
        var state = Cluster.State;
        return state.Unreachable.Count > 0
            ? null
            : state.Members.Where(member => member.Status == MemberStatus.Up).Select(member => $"{member.Address.Host}:{member.Address.Port}").ToHashSet();
    }

    /// <summary>Ends at once and without a word, as a killed process does.</summary>
    public async Task KillAsync()
    {
        if (_system is { } system) await system.Terminate().WaitAsync(TestCluster.Patience);
        _system = null;
    }

    /// <summary>Waits until each of these has exactly these as Up members: one cluster, and not two.</summary>
    public static Task OneClusterAsync(params IReadOnlyList<TestMember> members)
    {
        var all = members.Select(member => member.Address).ToHashSet();
        return TestCluster.UntilAsync(() => members.All(member => member.Up()?.SetEquals(all) == true), "they are not one cluster");
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    // Each member of a test has another loopback address: a port below those of outgoing connections may be another test's by the time it is bound again.
    private static int FreePort(string host)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(host), 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
