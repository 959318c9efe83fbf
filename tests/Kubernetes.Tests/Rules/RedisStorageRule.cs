using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Redis writes its files where its claim is mounted, and the claim outlives whatever is deleted or scaled.</summary>
internal sealed partial class RedisStorageRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        var set = manifests.All<V1StatefulSet>().Single(found => found.Metadata.Name == "redis");
        var redis = manifests.Workload("redis").Containers.Single();
        // Without "dir" it is where the server is started.
        var named = Directory().Match(manifests.Data("redis")["redis.conf"]);
        var folder = named.Success ? named.Groups[1].Value : redis.WorkingDir;
        var mounted = (redis.VolumeMounts ?? []).FirstOrDefault(mount => mount.MountPath == folder);
        var claims = (set.Spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name);
        if (mounted is not { SubPath: null, ReadOnlyProperty: not true } || !claims.Contains(mounted.Name)) yield return $"Redis keeps its files in {folder}, where no claim is mounted.";
        var policy = set.Spec.PersistentVolumeClaimRetentionPolicy;
        if (policy?.WhenDeleted != "Retain") yield return "Who deletes Redis deletes the logs.";
        if (policy?.WhenScaled != "Retain") yield return "Who scales Redis to none deletes the logs.";
    }

    [GeneratedRegex(@"^dir ""?([^""\s]+)", RegexOptions.Multiline)]
    private static partial Regex Directory();
}
