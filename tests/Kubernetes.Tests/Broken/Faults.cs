using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests.Broken;

/// <summary>The faults that the rules must find: at least one each, and one for each thing that a rule looks at.</summary>
internal static class Faults
{
    public static IReadOnlyList<BrokenManifest> All { get; } =
    [
        new(nameof(SelectorsRule), "Service api", "app.kubernetes.io/name: node\n  type", "app.kubernetes.io/name: nodes\n  type", "Service api does not select"),
        new(nameof(SelectorsRule), "StatefulSet node", "(matchLabels:\n      app.kubernetes.io/name: )node", "$1nodes", "StatefulSet node does not select its own pods"),
        new(nameof(SelectorsRule), "StatefulSet node", "(selector:\n +matchLabels:\n +)app.kubernetes.io/name: node", "$1app.kubernetes.io/part-of: akkasockets", "StatefulSet node selects another's pods, too"),
        new(nameof(SelectorsRule), "StatefulSet node", @"(matchLabels:\n            app.kubernetes.io/name: )node", "$1nodes", "spreads over"),
        new(nameof(SelectorsRule), "PodDisruptionBudget redis", "name: redis$(?![\\s\\S]*name: redis$)", "name: redi", "PodDisruptionBudget redis selects no pods"),
        new(nameof(SelectorsRule), "NetworkPolicy redis", @"(from:\n    - podSelector:\n        matchLabels:\n          app.kubernetes.io/name: )node", "$1nodes", "NetworkPolicy redis, in a peer, selects no pods"),
        new(nameof(SelectorsRule), "ServiceMonitor node", "component: api", "component: apis", "ServiceMonitor node selects no Service", "overlays/production"),
        new(nameof(SelectorsRule), "PodMonitor haproxy", @"(matchLabels:\n      app.kubernetes.io/name: )haproxy", "$1nobody", "PodMonitor haproxy selects no pods", "overlays/production"),
        new(nameof(PortsRule), "Service clients", "targetPort: clients", "targetPort: client", "Service clients leads to the port client"),
        new(nameof(PortsRule), "StatefulSet node", @"(path: /healthz/ready\n +port: )api", "${1}apis", "The readiness probe of StatefulSet node asks the port apis"),
        new(nameof(PortsRule), "StatefulSet redis", @"(tcpSocket:\n +port: )redis", "${1}6380", "The liveness probe of StatefulSet redis asks the port 6380"),
        new(nameof(PortsRule), "ServiceMonitor node", "port: api", "port: metrics", "ServiceMonitor node reads the port metrics", "overlays/production"),
        new(nameof(PortsRule), "PodMonitor haproxy", "port: inside", "port: outside", "PodMonitor haproxy reads the port outside", "overlays/production"),
        new(nameof(NetworkPolicyPortsRule), "NetworkPolicy node", "port: cluster", "port: clusters", "to the port clusters"),
        new(nameof(NetworkPolicyPortsRule), "NetworkPolicy node", "port: redis", "port: 6380", "lets out to the port 6380"),
        new(nameof(NetworkPolicyPortsRule), "NetworkPolicy redis", "protocol: TCP", "protocol: UDP", "lets in to the port redis"),
        new(nameof(WordsRule), "Service clients", "type: LoadBalancer", "type: Loadbalancer", "'Loadbalancer'"),
        new(nameof(WordsRule), "Service clients", "externalTrafficPolicy: Local", "externalTrafficPolicy: local", "'local'"),
        new(nameof(WordsRule), "StatefulSet node", "podManagementPolicy: Parallel", "podManagementPolicy: parallel", "'parallel'"),
        new(nameof(WordsRule), "NetworkPolicy default-deny", "- Egress", "- Outgress", "'Outgress'"),
        new(nameof(WordsRule), "StatefulSet redis", "ReadWriteOnce", "RWO", "'RWO'"),
        new(nameof(WordsRule), "HorizontalPodAutoscaler node", "type: Utilization", "type: Percentage", "'Percentage'", "overlays/production"),
        new(nameof(NamesRule), "Service api", "^  name: api", "  name: Api_", "Service Api_ is no name"),
        new(nameof(NamesRule), "Service api", "namespace: akkasockets", "namespace: default", "Service api is not in the namespace"),
        new(nameof(NamesRule), "Service api", "component: api", "component: 'a p i'", "which is none"),
        new(nameof(NamesRule), "Service api", "^  name: api", "  name: node", "Service node is there 2 times"),
        new(nameof(NamesRule), "Service api", "- name: api", "- name: the-backends-api", "Service api names a port the-backends-api"),
        new(nameof(NamesRule), "StatefulSet node", "name: Cluster__NodeName", "name: Cluster:NodeName", "names a variable Cluster:NodeName"),
        new(nameof(NamesRule), "StatefulSet node", "name: Cluster__NodeName", "name: Cluster__Host", "sets Cluster__Host twice"),
        new(nameof(NamesRule), "StatefulSet node", "(containerPort: 8081\n +name: )api", "${1}clients", "names two ports clients"),
        new(nameof(NamesRule), "StatefulSet node", "^        name: node$", "        name: Node_", "StatefulSet node names a container Node_"),
        new(nameof(NamesRule), "StatefulSet node", "(containerPort: 8081\n +name: )api", "${1}the-backends-api", "StatefulSet node names a port the-backends-api"),
        new(nameof(RequiredFieldsRule), "StatefulSet node", "image: .*\n", "\n", "lacks Image"),
        new(nameof(RequiredFieldsRule), "StatefulSet node", "^  serviceName: node\n", "", "lacks ServiceName"),
        new(nameof(RequiredFieldsRule), "Service node", "port: 8080", "nodePort: 30000", "lacks Port"),
        new(nameof(RequiredFieldsRule), "PodDisruptionBudget node", "^  selector:\n.*\n.*node\n", "", "lacks Selector"),
        new(nameof(RequiredFieldsRule), "HorizontalPodAutoscaler node", "^  maxReplicas: 12\n", "", "lacks MaxReplicas", "overlays/production"),
        .. Of.Pods,
        .. Of.Cluster,
        .. Of.Network,
        .. Of.Rollout,
    ];
}
