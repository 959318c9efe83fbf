using System.Globalization;
using System.Text.Json;
using AkkaSockets.LocalCluster.Members;

namespace AkkaSockets.LocalCluster.Commands;

/// <summary>What is where, and how it is.</summary>
internal static class Reports
{
    private const string None = "-";

    public static string Addresses(Cluster cluster) => TextTable.Render(
    [
        ["member", "pid", "clients", "backends", "others"],
        .. cluster.All.Select(member => (string[])
        [
            member.Plan.Name, Text(member.Pid), member.Plan.Clients?.ToString() ?? None, Url(member.Plan.Api), member.Plan.OtherAddresses,
        ]),
    ]);

    /// <summary>Asks every member, and one node that answers about the cluster.</summary>
    public static async Task<string> StatusAsync(Cluster cluster, CancellationToken stop)
    {
        var view = await ViewAsync(cluster, stop).ConfigureAwait(false);
        var rows = await Task.WhenAll(cluster.All.Select(async member =>
        {
            var state = await StateAsync(member, stop).ConfigureAwait(false);
            var seen = view.GetValueOrDefault(member.Plan.Name);
            return (string[])[member.Plan.Name, Text(member.Pid), state, Standing(seen), Field(seen, "shards"), Field(seen, "users"), Field(seen, "sockets")];
        })).ConfigureAwait(false);
        return TextTable.Render([["member", "pid", "state", "in the cluster", "shards", "users", "sockets"], .. rows]) + Spread(cluster, view);
    }

    /// <summary>How even the sockets are of nodes that are there and stay.</summary>
    private static string Spread(Cluster cluster, Dictionary<string, JsonElement> view)
    {
        int[] sockets = [.. from node in cluster.Nodes
                         let member = view.GetValueOrDefault(node.Plan.Name)
                         where Standing(member) == "Up" && Field(member, "sockets") != None
                         select int.Parse(Field(member, "sockets"), CultureInfo.InvariantCulture)];
        return sockets.Sum() == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}{sockets.Sum()} sockets, max/mean {sockets.Max() / sockets.Average():0.00}");
    }

    private static async Task<string> StateAsync(Member member, CancellationToken stop)
    {
        if (member.State is not (MemberState.Starting or MemberState.Running)) return member.State.ToString().ToLowerInvariant();
        return await member.Plan.WaitsFor(stop).ConfigureAwait(false) is { } missing ? $"not ready: {missing}" : "ready";
    }

    /// <summary>Members by name, as the first node that answers sees them.</summary>
    private static async Task<Dictionary<string, JsonElement>> ViewAsync(Cluster cluster, CancellationToken stop)
    {
        foreach (var node in cluster.Nodes.Where(node => node.State == MemberState.Running))
        {
            using var answer = await Probes.ClusterAsync(node.Plan.Api!, cluster.ApiKey, stop).ConfigureAwait(false);
            if (answer is null) continue;
            return answer.RootElement.GetProperty("members").EnumerateArray().ToDictionary(member => member.GetProperty("node").GetString()!, member => member.Clone());
        }
        return [];
    }

    private static string Standing(JsonElement member) =>
        Field(member, "status") + (Field(member, "reachable") == bool.FalseString ? ", unreachable" : "") + (Field(member, "draining") == bool.TrueString ? ", draining" : "");

    private static string Field(JsonElement member, string name) =>
        member.ValueKind == JsonValueKind.Object && member.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : None;

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static string Url(Uri? url) => url?.ToString().TrimEnd('/') ?? None;
}
