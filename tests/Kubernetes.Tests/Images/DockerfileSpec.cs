using System.Xml.Linq;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Images;

public sealed class DockerfileSpec
{
    public static TheoryData<string> Targets => [.. Dockerfile.Targets];

    [Fact]
    public void There_is_an_image_of_each_program_and_the_node_is_what_is_built_unasked()
    {
        Assert.Equal(["lighthouse", "node", "pbm"], Dockerfile.Targets.Order(StringComparer.Ordinal));
        Assert.Equal("node", Dockerfile.Stages[^1].Name);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void It_runs_chiselled_and_as_nobody(string target)
    {
        var chain = Chain(target);
        Assert.EndsWith("-noble-chiseled", chain[^1].Base, StringComparison.Ordinal);
        Assert.Equal("1654:1654", chain.Select(stage => stage.Last("USER")).First(user => user is not null));
        // There is no shell to run anything in.
        Assert.DoesNotContain(chain.SelectMany(stage => stage.Instructions), line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void It_starts_the_assembly_that_its_stage_publishes(string target)
    {
        var project = char.ToUpperInvariant(target[0]) + target[1..];
        var stage = Dockerfile.Stages.Single(found => found.Name == target);
        Assert.Equal($"[\"dotnet\", \"AkkaSockets.{project}.dll\"]", stage.Last("ENTRYPOINT"));
        Assert.Equal($"--from=publish-{target} /out ./", stage.Last("COPY"));
        Assert.Contains($"dotnet publish src/{project}/{project}.csproj", Dockerfile.Stages.Single(found => found.Name == $"publish-{target}").Last("RUN"), StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.PathOf($"src/{project}/{project}.csproj")), $"There is no src/{project}.");
    }

    /// <summary>Its commands are on its loopback, so that whoever may exec finds the means there.</summary>
    [Theory]
    [InlineData("node")]
    [InlineData("lighthouse")]
    public void A_member_has_pbm_beside_it(string target) =>
        Assert.Contains("COPY --from=publish-pbm /out /pbm/", Dockerfile.Stages.Single(stage => stage.Name == target).Instructions);

    [Theory]
    [MemberData(nameof(Targets))]
    public void It_says_what_it_is(string target)
    {
        var labels = string.Join(' ', Chain(target).SelectMany(stage => stage.Instructions).Where(line => line.StartsWith("LABEL ", StringComparison.Ordinal)));
        foreach (var label in new[] { "title", "description", "licenses", "version", "revision", "created", "base.name" })
            Assert.Contains($"org.opencontainers.image.{label}=", labels, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_version_is_the_version_that_is_built()
    {
        var version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Contains($"ARG VERSION={version}", Dockerfile.Stages.Single(stage => stage.Name == "runtime").Instructions);
        Assert.All(Compose.Images.Where(image => Dockerfile.TargetOf(Dockerfile.Split(image).Name) is not null), image => Assert.Equal(version, Dockerfile.Split(image).Tag));
    }

    [Fact]
    public void What_is_copied_is_there_and_sent_to_the_builder()
    {
        var sent = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToHashSet();
        foreach (var copy in Dockerfile.Stages.SelectMany(stage => stage.Instructions).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal)))
        {
            foreach (var source in copy.Split(' ')[1..^1].Select(path => path.TrimEnd('/')))
            {
                Assert.True(Path.Exists(Repository.PathOf(source)), $"{copy}: {source} is not there");
                Assert.Contains(source, sent);
            }
        }
    }

    [FactWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    public void Pods_run_it_as_its_own_user()
    {
        foreach (var workload in Overlay.Load("base").Workloads.Where(workload => Dockerfile.Targets.Contains(workload.Name)))
            Assert.Equal("1654:1654", $"{workload.Pod.SecurityContext.RunAsUser}:{workload.Pod.SecurityContext.RunAsGroup}");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Its_memory_is_for_idle_sockets_and_leaves_the_kernel_room_for_theirs(string target) => Assert.Empty(FaultsOfMemory(Dockerfile.Stages, target));

    [Theory]
    [InlineData("DOTNET_gcServer=0", "DOTNET_gcServer=1")]
    [InlineData("DOTNET_gcServer=0 ", "")]
    [InlineData("DOTNET_GCHeapHardLimitPercent=3C", "DOTNET_GCHeapHardLimitPercent=60")]
    [InlineData("DOTNET_GCHeapHardLimitPercent=3C", "DOTNET_GCHeapHardLimit=3C")]
    public void Another_memory_is_told(string text, string broken)
    {
        var dockerfile = Repository.Read("Dockerfile");
        Assert.Contains(text, dockerfile, StringComparison.Ordinal);
        Assert.NotEmpty(FaultsOfMemory(Dockerfile.Parse(dockerfile.Replace(text, broken, StringComparison.Ordinal)), "node"));
    }

    private static IEnumerable<string> FaultsOfMemory(IReadOnlyList<Stage> stages, string target)
    {
        if (Dockerfile.Variable(stages, target, "DOTNET_gcServer") is not "0" and var server) yield return $"Its collector is the server's: '{server}'.";
        // Hexadecimal: 60 would be 96 %.
        var limit = Dockerfile.Variable(stages, target, "DOTNET_GCHeapHardLimitPercent");
        if (!int.TryParse(limit, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var percent) || percent != 60)
            yield return $"Its heap may take '{limit}' of the memory limit, not 60 % (3C).";
    }

    private static IReadOnlyList<Stage> Chain(string target) => Dockerfile.ChainOf(Dockerfile.Stages, target);
}
