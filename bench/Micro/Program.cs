using AkkaSockets.Micro;
using BenchmarkDotNet.Running;

// All of it, unless BenchmarkDotNet's own options choose: --filter '*Frames*', --list flat, --join and so on.
var isShort = args.Contains(MicroConfig.Short);
string[] passed = [.. args.Where(arg => arg != MicroConfig.Short)];
string[] asked = passed.Any(IsChoice) ? passed : ["--filter", "*", .. passed];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(asked, MicroConfig.Of(isShort)).ToList();
var failed = summaries.SelectMany(summary => summary.Reports).Where(report => !report.Success).Select(report => report.BenchmarkCase.DisplayInfo).ToList();
foreach (var name in failed) Console.Error.WriteLine($"failed: {name}");
var isWithoutRuns = asked.Any(arg => arg is "--list" or "--info" or "--version" or "--help");
var isSound = failed.Count == 0 && (isWithoutRuns || summaries.Count > 0) && summaries.All(summary => !summary.HasCriticalValidationErrors);
if (isSound && isShort) Console.WriteLine($"{summaries.Sum(summary => summary.Reports.Length)} benchmarks work");
return isSound ? 0 : 1;

static bool IsChoice(string arg) => arg is "--filter" or "-f" or "--list" or "--info" or "--version" or "--help"
    || arg.StartsWith("--anyCategories", StringComparison.OrdinalIgnoreCase) || arg.StartsWith("--allCategories", StringComparison.OrdinalIgnoreCase);
