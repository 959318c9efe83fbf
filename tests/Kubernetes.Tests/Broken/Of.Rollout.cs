using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests.Broken;

internal static partial class Of
{
    /// <summary>In how pods begin, are replaced and spread, and in what is left of them.</summary>
    public static IReadOnlyList<BrokenManifest> Rollout { get; } =
    [
        new(nameof(RolloutRule), "StatefulSet node", "(updateStrategy:\n    type: )RollingUpdate", "$1OnDelete", "StatefulSet node keeps its old pods: its updates are OnDelete"),
        new(nameof(RolloutRule), "StatefulSet redis", "updateStrategy:\n    type: RollingUpdate", "updateStrategy: {}", "StatefulSet redis keeps its old pods"),
        new(nameof(RolloutRule), "StatefulSet node", "updateStrategy:\n", "updateStrategy:\n    rollingUpdate:\n      partition: 2\n", "keeps its old pods below 2"),
        new(nameof(RolloutRule), "StatefulSet node", "updateStrategy:\n", "updateStrategy:\n    rollingUpdate:\n      maxUnavailable: 2\n", "more than one pod at a time"),
        new(nameof(RolloutRule), "Deployment haproxy", "maxUnavailable: 0", "maxUnavailable: 1", "Deployment haproxy takes pods away"),
        new(nameof(RolloutRule), "Deployment haproxy", "strategy:\n    rollingUpdate:\n.*\n.*\n    type: RollingUpdate", "strategy:\n    type: Recreate", "Deployment haproxy takes pods away", Production),
        new(nameof(RolloutRule), "ConfigMap node-settings", "Sharding__RolloutMs: \"60000\"", "Sharding__RolloutMs: \"20000\"", "Sharding:RolloutMs 20000 ends before"),
        new(nameof(RolloutRule), "ConfigMap node-settings", "Drain__NoticeMs: \"5000\"", "Drain__NoticeMs: \"50000\"", "after 65000 ms"),
        new(nameof(RolloutRule), "StatefulSet node", "minReadySeconds: 15", "minReadySeconds: 60", "after 65000 ms", Production),
        new(nameof(MinNodesRule), "StatefulSet node", "replicas: 4", "replicas: 1", "StatefulSet node waits for 2 nodes and has 1"),
        new(nameof(MinNodesRule), "ConfigMap node-settings", "Cluster__MinNodes: \"2\"", "Cluster__MinNodes: \"3\"", "waits for 3 nodes and has 2", "overlays/local"),
        new(nameof(MinNodesRule), "HorizontalPodAutoscaler node", "minReplicas: 4", "minReplicas: 3", "waits for 4 nodes, and HorizontalPodAutoscaler node may leave it 3", Production),
        new(nameof(SpreadRule), "StatefulSet node", "topologyKey: kubernetes.io/hostname", "topologyKey: topology.kubernetes.io/zone", "StatefulSet node is not spread over kubernetes.io/hostname"),
        new(nameof(SpreadRule), "Deployment haproxy", "^      topologySpreadConstraints:\n(?:      [- ] .*\n)+", "", "Deployment haproxy is not spread over topology.kubernetes.io/zone"),
        new(nameof(RedisStorageRule), "StatefulSet redis", "mountPath: /data", "mountPath: /var/lib/redis", "keeps its files in /data"),
        new(nameof(RedisStorageRule), "StatefulSet redis", "workingDir: /data", "workingDir: /tmp", "keeps its files in /tmp"),
        new(nameof(RedisStorageRule), "ConfigMap redis", "appendonly yes", "dir /var/lib/redis\n    appendonly yes", "keeps its files in /var/lib/redis"),
        new(nameof(RedisStorageRule), "StatefulSet redis", @"(metadata:\n(?: +labels:\n.*\n)? +name: )data$", "$1logs", "where no claim is mounted", Production),
        new(nameof(RedisStorageRule), "StatefulSet redis", "whenDeleted: Retain", "whenDeleted: Delete", "Who deletes Redis"),
        new(nameof(RedisStorageRule), "StatefulSet redis", "whenScaled: Retain", "whenScaled: Delete", "Who scales Redis"),
    ];
}
