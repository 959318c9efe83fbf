namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Users who will move, as the cluster plans it.</summary>
internal static class Movers
{
    /// <summary>Two users whom a node of this name takes when it joins.</summary>
    public static Task<(string Sender, string Receiver)> ToAsync(NodeProcess asked, string joining) => FindAsync(asked, $"--join {joining}", joining);

    /// <summary>Two users whom <paramref name="heir"/> takes when this node leaves.</summary>
    public static Task<(string Sender, string Receiver)> OfAsync(NodeProcess asked, NodeProcess leaving, NodeProcess heir) =>
        FindAsync(asked, $"--leave {leaving["Cluster:NodeName"]}", heir["Cluster:NodeName"]);

    private static async Task<(string Sender, string Receiver)> FindAsync(NodeProcess asked, string change, string to)
    {
        var plan = (await PbmProcess.RunAsync(asked, $"sharding plan {change} --shards --json")).Json;
        var shards = plan.GetProperty("moved").EnumerateArray().Where(move => move.Text("to") == to).Select(move => move.Number("shard")).ToHashSet();
        var found = new List<string>();
        for (var i = 0; found.Count < 2 && i < 1_000; i++)
        {
            var user = $"mover-to-{to}-{i}";
            if (shards.Contains((await asked.Backend.DescribeAsync(user)).Number("shard"))) found.Add(user);
        }
        return found is [var sender, var receiver] ? (sender, receiver) : throw new InvalidOperationException($"Nobody moves to {to}: {plan}");
    }
}
