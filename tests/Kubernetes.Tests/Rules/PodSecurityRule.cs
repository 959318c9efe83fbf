using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>The Pod Security Standard "restricted", enforced by the namespace and kept by the pods; and a root file system that nobody writes.</summary>
internal sealed class PodSecurityRule : Rule
{
    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
    ];

    public override IEnumerable<string> Check(Manifests manifests)
    {
        var labels = manifests.All<V1Namespace>().Single().Metadata.Labels ?? new Dictionary<string, string>();
        foreach (var mode in new[] { "enforce", "audit", "warn" })
        {
            if (!labels.TryGetValue($"pod-security.kubernetes.io/{mode}", out var level) || level != "restricted") yield return $"The namespace does not {mode} the level restricted.";
        }
        foreach (var workload in manifests.Workloads)
        {
            foreach (var fault in CheckPod(workload.Pod).Concat(workload.Containers.SelectMany(container => CheckContainer(workload.Pod, container))))
                yield return $"{workload}: {fault}.";
        }
    }

    private static IEnumerable<string> CheckPod(V1PodSpec pod)
    {
        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true) yield return "the host's namespaces are not its own";
        if (pod.SecurityContext?.SeccompProfile?.Type is not ("RuntimeDefault" or "Localhost")) yield return "it has no seccomp profile";
        foreach (var sysctl in (pod.SecurityContext?.Sysctls ?? []).Where(sysctl => !SafeSysctls.Contains(sysctl.Name))) yield return $"the sysctl {sysctl.Name} is not a safe one";
        foreach (var volume in pod.Volumes ?? [])
        {
            if (volume is { ConfigMap: null, EmptyDir: null, PersistentVolumeClaim: null, Projected: null, Secret: null, DownwardAPI: null, Ephemeral: null, Csi: null })
                yield return $"the volume {volume.Name} is of a kind that is not allowed";
        }
    }

    private static IEnumerable<string> CheckContainer(V1PodSpec pod, V1Container container)
    {
        var security = container.SecurityContext;
        if (security?.AllowPrivilegeEscalation != false) yield return $"{container.Name} may gain privileges";
        if (security?.Privileged == true) yield return $"{container.Name} is privileged";
        if (security?.ReadOnlyRootFilesystem != true) yield return $"{container.Name} can write its root file system";
        if (security?.Capabilities?.Drop?.Contains("ALL") != true) yield return $"{container.Name} does not drop all capabilities";
        foreach (var capability in (security?.Capabilities?.Add ?? []).Where(capability => capability != "NET_BIND_SERVICE")) yield return $"{container.Name} adds the capability {capability}";
        if ((security?.RunAsNonRoot ?? pod.SecurityContext?.RunAsNonRoot) != true) yield return $"{container.Name} may run as root";
        if ((security?.RunAsUser ?? pod.SecurityContext?.RunAsUser) is null or 0) yield return $"{container.Name} runs as root or as whomever its image says";
        if ((container.Ports ?? []).Any(port => port.HostPort is not null)) yield return $"{container.Name} takes a port of the host";
    }
}
