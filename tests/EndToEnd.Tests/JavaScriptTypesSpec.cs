using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

/// <summary>The declarations beside clients/js.</summary>
public sealed class JavaScriptTypesSpec(ITestOutputHelper log)
{
    // A compiler on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [TypeScriptFact]
    public async Task They_name_what_the_module_has_and_the_readmes_example_compiles_by_them()
    {
        using var check = NodeJs.Start(["types/check.mjs"]);
        var (output, errors) = (check.StandardOutput.ReadToEndAsync(), check.StandardError.ReadToEndAsync());
        await check.WaitForExitAsync().WaitAsync(Patience);
        Reaper.Ended(check.Id);
        log.WriteLine(await output + await errors);

        Assert.Equal("9 exports and README's example agree with akkasockets.d.ts", (await output).Trim());
        Assert.Equal(0, check.ExitCode);
    }
}
