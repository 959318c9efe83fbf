using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests.Broken;

/// <summary>More faults.</summary>
internal static class Of
{
    /// <summary>In what a pod is given and may do.</summary>
    public static IReadOnlyList<BrokenManifest> Pods { get; } =
    [
        new(nameof(ReferencesRule), "StatefulSet node", "name: node-settings-[0-9a-z]+", "name: node-settings", "takes its environment from the ConfigMap node-settings"),
        new(nameof(ReferencesRule), "StatefulSet node", "key: signing-key", "key: signingKey", "needs the key signingKey of the Secret akkasockets"),
        new(nameof(ReferencesRule), "StatefulSet node", "(key: api-keys\n +name: )akkasockets", "$1secrets", "of the Secret secrets"),
        new(nameof(ReferencesRule), "StatefulSet node", "name: akka-[0-9a-z]{10}", "name: akka", "mounts the ConfigMap akka,"),
        new(nameof(ReferencesRule), "StatefulSet node", "subPath: akka.hocon", "subPath: akka.conf", "mounts akka.conf"),
        new(nameof(ReferencesRule), "StatefulSet redis", "(mountPath: /data\n +name: )data", "$1logs", "mounts the volume logs"),
        new(nameof(ReferencesRule), "StatefulSet node", "serviceName: node", "serviceName: api", "names no headless Service"),
        new(nameof(AccountsRule), "StatefulSet redis", "serviceAccountName: redis", "serviceAccountName: default", "has the account default"),
        new(nameof(AccountsRule), "StatefulSet redis", "automountServiceAccountToken: false", "automountServiceAccountToken: true", "StatefulSet redis mounts its account's token"),
        new(nameof(AccountsRule), "ServiceAccount redis", "automountServiceAccountToken: false\n", "", "The account redis mounts its token"),
        new(nameof(AccountsRule), "StatefulSet node", "enableServiceLinks: false", "enableServiceLinks: true", "is given every Service's address"),
        new(nameof(PodSecurityRule), "Namespace akkasockets", "enforce: restricted", "enforce: baseline", "does not enforce the level restricted"),
        new(nameof(PodSecurityRule), "StatefulSet node", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "node may gain privileges"),
        new(nameof(PodSecurityRule), "StatefulSet node", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "can write its root file system"),
        new(nameof(PodSecurityRule), "StatefulSet node", "- ALL", "- CHOWN", "does not drop all capabilities"),
        new(nameof(PodSecurityRule), "StatefulSet node", "runAsNonRoot: true", "runAsNonRoot: false", "may run as root"),
        new(nameof(PodSecurityRule), "StatefulSet node", "runAsUser: 1654", "runAsUser: 0", "runs as root"),
        new(nameof(PodSecurityRule), "StatefulSet node", "type: RuntimeDefault", "type: Unconfined", "has no seccomp profile"),
        new(nameof(PodSecurityRule), "StatefulSet node", "containerPort: 8080", "containerPort: 8080\n          hostPort: 8080", "takes a port of the host"),
        new(nameof(PodSecurityRule), "Deployment haproxy", "net.ipv4.ip_local_port_range", "net.core.somaxconn", "net.core.somaxconn is not a safe one"),
        new(nameof(PodSecurityRule), "StatefulSet node", "emptyDir:\n +sizeLimit: 1Gi", "hostPath:\n          path: /tmp", "the volume tmp is of a kind"),
        new(nameof(ResourcesRule), "StatefulSet node", "limits:\n +memory: 1Gi", "limits:\n            memory: 2Gi", "does not request the memory that limits it"),
        new(nameof(ResourcesRule), "StatefulSet node", "limits:\n", "limits:\n            cpu: 2\n", "limits its CPU"),
        new(nameof(ResourcesRule), "StatefulSet node", "cpu: \"2\"", "ephemeral-storage: 1Gi", "does not request CPU"),
        new(nameof(ResourcesRule), "ConfigMap redis", "maxmemory 700mb", "maxmemory 1gb", "Redis may hold 1gb"),
        new(nameof(ResourcesRule), "StatefulSet redis", "10gb", "14gb", "Redis may hold 14gb", "overlays/production"),
        new(nameof(SettingsRule), "ConfigMap node-settings", "Cluster__MinNodes:", "Cluster__MinimumNodes:", "Cluster:MinimumNodes is not a setting"),
        new(nameof(SettingsRule), "ConfigMap node-settings", "Drain__NoticeMs: \"5000\"", "Drain__NoticeMs: 5s", "Drain:NoticeMs is '5s'"),
        new(nameof(SettingsRule), "ConfigMap node-settings", "Persistence__Provider: redis", "Persistence__Provider: embedded", "embedded"),
        new(nameof(SettingsRule), "StatefulSet lighthouse", "name: Cluster__Seeds", "name: Cluster__Seed", "StatefulSet lighthouse would not start: Cluster:Seed is not a setting"),
        new(nameof(SettingsRule), "StatefulSet node", "name: REDIS_PASSWORD", "name: REDIS_PASS", "$(REDIS_PASSWORD)"),
        new(nameof(SettingsRule), "StatefulSet node", "name: Auth__SigningKey", "name: Auth__Audience", "Auth:SigningKey is missing"),
    ];

    /// <summary>In how the parts fit each other.</summary>
    public static IReadOnlyList<BrokenManifest> Cluster { get; } =
    [
        new(nameof(ImagesRule), "StatefulSet node", "node:0.1.0", "node:latest", "another one tomorrow"),
        new(nameof(ImagesRule), "StatefulSet node", "node:0.1.0", "server:0.1.0", "the Dockerfile has no target server"),
        new(nameof(ImagesRule), "StatefulSet redis", "redis:7.4-alpine", "redis:6.2-alpine", "compose.yaml another one"),
        new(nameof(GraceRule), "StatefulSet node", "terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 40", "needs more than 40 s to stop and is given 40"),
        new(nameof(GraceRule), "StatefulSet node", "terminationGracePeriodSeconds: 90", "terminationGracePeriodSeconds: 60", "needs more than 75 s", "overlays/production"),
        new(nameof(GraceRule), "Deployment haproxy", "terminationGracePeriodSeconds: 640", "terminationGracePeriodSeconds: 620", "holds connections for 620 s"),
        new(nameof(GraceRule), "Deployment haproxy", "sleep:\n +seconds: 20", "tcpSocket:\n                port: 1", "stops listening before"),
        new(nameof(GraceRule), "ConfigMap haproxy", "inter 1s fall 2", "inter 2s fall 3", "HAProxy may take 9 s to notice a drain"),
        new(nameof(ScalingRule), "HorizontalPodAutoscaler node", "kind: StatefulSet", "kind: Deployment", "scales Deployment node, which is not there", "overlays/production"),
        new(nameof(ScalingRule), "StatefulSet node", "minReadySeconds: 15", "replicas: 4", "which says replicas itself", "overlays/production"),
        new(nameof(ScalingRule), "HorizontalPodAutoscaler node", "minReplicas: 4", "minReplicas: 14", "at least 14 and at most 12", "overlays/production"),
        new(nameof(ScalingRule), "HorizontalPodAutoscaler node", "maxReplicas: 12", "maxReplicas: 40", "fewer slots than the 40 nodes", "overlays/production"),
        new(nameof(ScalingRule), "HorizontalPodAutoscaler node", "name: akkasockets_connections", "name: akkasockets_sockets", "reads akkasockets_sockets", "overlays/production"),
        new(nameof(ScalingRule), "StatefulSet node", "replicas: 4", "replicas: 33", "fewer slots than there are nodes"),
        new(nameof(ScalingRule), "StatefulSet node", "replicas: 4\n", "\n", "says no replicas"),
        new(nameof(ScalingRule), "PodDisruptionBudget node", "maxUnavailable: 1", "maxUnavailable: 0", "something else than a maxUnavailable above 0"),
        new(nameof(ScalingRule), "PodDisruptionBudget node", "(matchLabels:\n      app.kubernetes.io/name: )node", "$1redis", "StatefulSet node has 0 PodDisruptionBudgets"),
        new(nameof(SeedsRule), "StatefulSet lighthouse", ",node-1[^\n]*", "", "Members have different seeds"),
        new(nameof(SeedsRule), "StatefulSet lighthouse", "lighthouse-0.lighthouse", "lighthouse-1.lighthouse", "The seeds are not"),
        new(nameof(SeedsRule), "StatefulSet lighthouse", "value: \"4053\"", "value: \"4054\"", "The seeds are not"),
        new(nameof(SeedsRule), "Service node", "publishNotReadyAddresses: true", "publishNotReadyAddresses: false", "before they are ready"),
        new(nameof(SeedsRule), "StatefulSet node", @"value: \$\(POD_NAME\)\.node", "value: $$(POD_NAME).nodes", "by which others do not find it"),
        new(nameof(SeedsRule), "StatefulSet node", "podManagementPolicy: Parallel", "podManagementPolicy: OrderedReady", "one after the other"),
        new(nameof(ProbesRule), "StatefulSet node", "path: /healthz/ready", "path: /ready", "The readiness probe of StatefulSet node asks /ready"),
        new(nameof(ProbesRule), "StatefulSet lighthouse", "path: /healthz/ready", "path: /metrics", "The readiness probe of StatefulSet lighthouse asks /metrics"),
        new(nameof(ProbesRule), "Deployment haproxy", "path: /live", "path: /alive", "asks /alive"),
        new(nameof(ProbesRule), "StatefulSet lighthouse", "^ +startupProbe:\n +failureThreshold: 60\n +httpGet:\n +path: /healthz/live\n +port: api\n +periodSeconds: 2\n", "", "StatefulSet lighthouse has no startup probe"),
        new(nameof(ProbesRule), "StatefulSet node", "path: /healthz/live", "path: /healthz/ready", "is restarted for not being ready"),
        new(nameof(ProbesRule), "ConfigMap haproxy", "httpchk GET /healthz/ready", "httpchk GET /healthz/live", "HAProxy checks /healthz/live"),
        new(nameof(ProbesRule), "ServiceMonitor node", "path: /metrics", "path: /metric", "reads /metric", "overlays/production"),
    ];
}
