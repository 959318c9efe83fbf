using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Lighthouse;
using AkkaSockets.Node.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Members would start with the environment that their containers have: each setting is one, with a value that is allowed.</summary>
internal sealed class SettingsRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var environment = PodEnvironment.Of(manifests, workload);
            foreach (var (name, value) in environment.Where(pair => pair.Value.Contains("$(", StringComparison.Ordinal)))
                yield return $"{workload} refers in {name} to a variable that is not set before it: {value}";
            var faults = workload.Name switch
            {
                "node" => OfNode(environment),
                "lighthouse" => OfLighthouse(environment),
                _ => [],
            };
            foreach (var fault in faults) yield return $"{workload} would not start: {fault}";
        }
    }

    /// <summary>What a node would say of these variables outside Development.</summary>
    public static IReadOnlyList<string> OfNode(IReadOnlyDictionary<string, string> environment) => Faults(() =>
        new ServiceCollection().AddNodeOptions(new ConfigurationBuilder().AddInMemoryCollection(Settings(environment)!).Build(), new Production()));

    /// <summary>What a Lighthouse would.</summary>
    public static IReadOnlyList<string> OfLighthouse(IReadOnlyDictionary<string, string> environment) => Faults(() =>
    {
        using WebApplication lighthouse = LighthouseApp.Build([.. Settings(environment).Select(pair => $"--{pair.Key}={pair.Value}"), "--environment=Production"]);
    });

    private static Dictionary<string, string> Settings(IReadOnlyDictionary<string, string> environment) =>
        environment.ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => pair.Value);

    private static IReadOnlyList<string> Faults(Action start)
    {
        try
        {
            start();
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
