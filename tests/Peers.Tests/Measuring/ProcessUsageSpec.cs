using System.Diagnostics;
using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Tests.Measuring;

public sealed class ProcessUsageSpec
{
    [Fact]
    public void The_fields_are_those_of_proc_5()
    {
        const string Stat = "1234 (a b) c) S 1 1234 1234 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 8000 1000000 300 18446744073709551615 1 1";
        Assert.Equal(new ProcessUsage(3.0, 300 * 4096), ProcessUsage.Parse(Stat, 4096));
    }

    [Fact]
    public void A_process_that_runs_has_some_memory()
    {
        using var self = Process.GetCurrentProcess();
        Assert.InRange(ProcessUsage.Of([self.Id]).ResidentBytes, 1 << 20, 1L << 40);
    }
}
