using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Page;

/// <summary>What of the page needs no browser, in Node.js.</summary>
public sealed class PageScriptsSpec(ITestOutputHelper log)
{
    [NodeJsFact]
    public async Task Their_own_tests_pass()
    {
        using var tests = NodeJs.StartIn(NodeJs.PageFolder, ["--test", "test/"]);
        var (output, errors) = (tests.StandardOutput.ReadToEndAsync(), tests.StandardError.ReadToEndAsync());
        await tests.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Reaper.Ended(tests.Id);
        log.WriteLine(await output + await errors);

        Assert.Equal(0, tests.ExitCode);
        Assert.Contains("# pass", await output, StringComparison.Ordinal);
    }
}
