using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>What a pod refers to is there: ConfigMaps, Secrets and their keys, volumes, its account, a StatefulSet's Service.</summary>
internal sealed class ReferencesRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            foreach (var fault in CheckEnvironment(manifests, workload).Concat(CheckVolumes(manifests, workload))) yield return fault;
        }
        foreach (var set in manifests.All<V1StatefulSet>())
        {
            // Without it the pods have no names in DNS.
            if (manifests.Find<V1Service>(set.Spec.ServiceName) is not { Spec.ClusterIP: "None" }) yield return $"StatefulSet {set.Metadata.Name} names no headless Service.";
        }
    }

    private static IEnumerable<string> CheckEnvironment(Manifests manifests, Workload workload)
    {
        foreach (var container in workload.Containers)
        {
            foreach (var source in container.EnvFrom ?? [])
            {
                if (source.ConfigMapRef is { } map && manifests.Find<V1ConfigMap>(map.Name) is null) yield return $"{workload} takes its environment from the ConfigMap {map.Name}, which is not there.";
            }
            foreach (var source in (container.Env ?? []).Select(variable => variable.ValueFrom).OfType<V1EnvVarSource>())
            {
                if (source.SecretKeyRef is { } secret && !(secret.Name == DocumentedSecret.Name && DocumentedSecret.Keys.Contains(secret.Key)))
                    yield return $"{workload} needs the key {secret.Key} of the Secret {secret.Name}, which the documented command does not make.";
                if (source.ConfigMapKeyRef is { } key && manifests.Find<V1ConfigMap>(key.Name)?.Data.ContainsKey(key.Key) != true)
                    yield return $"{workload} needs the key {key.Key} of the ConfigMap {key.Name}, which is not there.";
            }
        }
    }

    private static IEnumerable<string> CheckVolumes(Manifests manifests, Workload workload)
    {
        var claims = manifests.Find<V1StatefulSet>(workload.Name)?.Spec.VolumeClaimTemplates?.Select(claim => claim.Metadata.Name) ?? [];
        var volumes = (workload.Pod.Volumes ?? []).ToDictionary(volume => volume.Name);
        foreach (var volume in volumes.Values.Where(volume => volume.ConfigMap is { } map && manifests.Find<V1ConfigMap>(map.Name) is null))
            yield return $"{workload} mounts the ConfigMap {volume.ConfigMap.Name}, which is not there.";
        foreach (var mount in workload.Containers.SelectMany(container => container.VolumeMounts ?? []))
        {
            if (!volumes.TryGetValue(mount.Name, out var volume))
            {
                if (!claims.Contains(mount.Name)) yield return $"{workload} mounts the volume {mount.Name}, which it does not have.";
            }
            else if (mount.SubPath is { } file && volume.ConfigMap is { } map && manifests.Find<V1ConfigMap>(map.Name)?.Data.ContainsKey(file) == false)
            {
                yield return $"{workload} mounts {file} of the ConfigMap {map.Name}, which has no such key.";
            }
        }
    }
}
