using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>A node would start with the environment that its container has: each setting is one, with a value that is allowed.</summary>
internal sealed class SettingsRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var environment = PodEnvironment.Of(manifests, workload);
            foreach (var (name, value) in environment.Where(pair => pair.Value.Contains("$(", StringComparison.Ordinal)))
                yield return $"{workload} refers in {name} to a variable that is not set before it: {value}";
            if (workload.Name != "node") continue;
            foreach (var fault in Faults(environment)) yield return $"{workload} would not start: {fault}";
        }
    }

    /// <summary>What a node would say of these variables outside Development.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyDictionary<string, string> environment)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(pair => KeyValuePair.Create<string, string?>(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value)))
            .Build();
        try
        {
            new ServiceCollection().AddNodeOptions(configuration, new Production());
            return [];
        }
        catch (SettingsException fault)
        {
            return fault.Lines;
        }
    }

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "Node";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
