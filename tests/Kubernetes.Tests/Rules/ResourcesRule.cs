using System.Globalization;
using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Each container says what it needs; memory it gets for certain, CPU without a limit; and what is told a size fits its limit.</summary>
internal sealed class ResourcesRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            foreach (var container in workload.Containers)
            {
                var requests = container.Resources?.Requests ?? new Dictionary<string, ResourceQuantity>();
                var limits = container.Resources?.Limits ?? new Dictionary<string, ResourceQuantity>();
                if (!requests.ContainsKey("cpu")) yield return $"{workload} does not request CPU.";
                // Throttled, a node misses heartbeats and is taken for dead.
                if (limits.ContainsKey("cpu")) yield return $"{workload} limits its CPU.";
                // Less requested than allowed is killed first when a machine runs short.
                if (!requests.TryGetValue("memory", out var requested) || !limits.TryGetValue("memory", out var limit) || requested.ToDecimal() != limit.ToDecimal())
                    yield return $"{workload} does not request the memory that limits it.";
            }
        }
        var redis = manifests.Workload("redis").Containers.Single();
        var arguments = redis.Command.ToList();
        var given = arguments.IndexOf("--maxmemory");
        var text = given >= 0 ? arguments[given + 1] : manifests.Data("redis")["redis.conf"].Split('\n').Single(line => line.StartsWith("maxmemory ", StringComparison.Ordinal)).Split(' ')[1];
        var most = redis.Resources?.Limits?["memory"].ToDecimal() ?? 0;
        // A rewrite of its file copies pages that change meanwhile.
        if (Bytes(text) > most * 0.75m) yield return $"Redis may hold {text}, more than three quarters of its memory limit.";
    }

    /// <summary>Redis' own units: gb and mb are powers of 1024.</summary>
    private static decimal Bytes(string text) => decimal.Parse(text[..^2], CultureInfo.InvariantCulture) * text[^2..] switch
    {
        "gb" => 1 << 30,
        "mb" => 1 << 20,
        _ => throw new FormatException($"maxmemory {text}: say it in mb or gb."),
    };
}
