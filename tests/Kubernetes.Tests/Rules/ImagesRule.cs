using AkkaSockets.Kubernetes.Tests.Images;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Our images are targets of the Dockerfile, in the version that is built; the others are those of compose.yaml.</summary>
internal sealed class ImagesRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            foreach (var image in workload.Containers.Select(container => container.Image))
            {
                var (name, tag) = Dockerfile.Split(image);
                if (tag is "" or "latest") yield return $"{workload} runs {image}, which is another one tomorrow.";
                if (Dockerfile.TargetOf(name) is { } target && !Dockerfile.Targets.Contains(target)) yield return $"{workload} runs {image}, and the Dockerfile has no target {target}.";
                if (!Compose.Images.Contains(image)) yield return $"{workload} runs {image}, and compose.yaml another one.";
            }
        }
    }
}
