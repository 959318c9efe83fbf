using System.Net.Http.Headers;
using System.Text.Json;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.Peers.Contenders;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>What a cluster says of itself, <c>GET /api/cluster</c>.</summary>
/// <param name="Owners">Which node each shard belongs to.</param>
/// <param name="Held">Shards that each node which is Up holds.</param>
internal sealed record ClusterLook(IReadOnlyDictionary<string, string> Owners, IReadOnlyDictionary<string, int> Held)
{
    /// <summary>No node owns more than two shards more than another, and each holds those of its own that run.</summary>
    /// <param name="running">Shards with users: others belong to somebody, too, but run nowhere.</param>
    public bool IsEven(int nodes, IReadOnlyCollection<string> running)
    {
        var owned = Owners.Values.CountBy(owner => owner).ToDictionary();
        var wanted = running.Select(shard => Owners.GetValueOrDefault(shard)).CountBy(owner => owner ?? "").ToDictionary();
        return owned.Count == nodes && owned.Values.Max() - owned.Values.Min() <= 2 && owned.Keys.All(node => Held.GetValueOrDefault(node) == wanted.GetValueOrDefault(node));
    }

    /// <summary>Null without an answer.</summary>
    public static async Task<ClusterLook?> AtAsync(Member node, CancellationToken stop)
    {
        using var answer = await Probes.ClusterAsync(node.Plan.Api!, AkkaSocketsContender.ApiKey, stop).ConfigureAwait(false);
        return answer is null ? null : Read(answer.RootElement);
    }

    public static ClusterLook Read(JsonElement cluster)
    {
        var owners = cluster.GetProperty("placement").GetProperty("shards").EnumerateObject().ToDictionary(shard => shard.Name, shard => shard.Value.GetString()!);
        var held = cluster.GetProperty("members").EnumerateArray()
            .Where(member => member.GetProperty("status").GetString() == "Up")
            .ToDictionary(member => member.GetProperty("node").GetString()!, member => member.GetProperty("shards") is { ValueKind: JsonValueKind.Number } shards ? shards.GetInt32() : -1);
        return new ClusterLook(owners, held);
    }

    /// <summary>The shard of each of these users, as the node says.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ShardsAsync(Member node, IEnumerable<string> users, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = node.Plan.Api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AkkaSocketsContender.ApiKey);
        var shards = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stop }, async (user, token) =>
        {
            using var answer = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri($"/api/users/{user}", UriKind.Relative), token).ConfigureAwait(false));
            shards[user] = answer.RootElement.GetProperty("shard").ToString();
        }).ConfigureAwait(false);
        return shards;
    }
}
