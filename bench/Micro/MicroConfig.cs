using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AkkaSockets.Micro;

/// <summary>How it is measured: in this process, since a project of its own for each benchmark would be built beside the solution, and no two of them touch one state.</summary>
internal static class MicroConfig
{
    /// <summary>Runs each benchmark once: it shows that all of it works, and its times say nothing.</summary>
    public const string Short = "--short";

    public static IConfig Of(bool isShort)
    {
        var config = ManualConfig.CreateEmpty()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(isShort ? NullLogger.Instance : ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
        return isShort
            ? config.AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableOptimizationsValidator | ConfigOptions.DisableLogFile)
            : config.AddValidator([.. DefaultConfig.Instance.GetValidators()]).AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault());
    }
}
