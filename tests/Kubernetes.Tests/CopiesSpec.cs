namespace AkkaSockets.Kubernetes.Tests;

public sealed class CopiesSpec
{
    /// <summary>kustomize reads nothing above its folder; and what kubectl applies must not need a flag.</summary>
    [Fact]
    public void Members_in_pods_have_the_akka_settings_of_all_others() => Assert.True(
        File.ReadAllBytes(Repository.PathOf("akka.hocon")).AsSpan().SequenceEqual(File.ReadAllBytes(Repository.PathOf("k8s/base/akka.hocon"))),
        "akka.hocon and its copy differ: cp akka.hocon k8s/base/akka.hocon");
}
