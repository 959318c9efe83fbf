using System.Globalization;

namespace AkkaSockets.Peers.Measuring;

/// <summary>What processes have used and hold, as the system tells it: proc(5).</summary>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="ResidentBytes">RSS.</param>
internal readonly record struct ProcessUsage(double CpuSeconds, long ResidentBytes)
{
    /// <summary>USER_HZ, the same on all architectures that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    public static ProcessUsage operator +(ProcessUsage one, ProcessUsage other) => new(one.CpuSeconds + other.CpuSeconds, one.ResidentBytes + other.ResidentBytes);

    /// <summary>Of all of these together.</summary>
    /// <exception cref="IOException">One has ended.</exception>
    public static ProcessUsage Of(IEnumerable<int> pids) => pids.Select(Of).Aggregate(default(ProcessUsage), (sum, one) => sum + one);

    /// <summary>Reads /proc/PID/stat: the name, in parentheses, may hold anything; fields 14, 15 and 24 are what is wanted.</summary>
    public static ProcessUsage Parse(string stat, int pageSize)
    {
        // The third field is the first behind the name.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new ProcessUsage((Field(14) + Field(15)) / TicksPerSecond, Field(24) * pageSize);
    }

    private static ProcessUsage Of(int pid) => Parse(File.ReadAllText($"/proc/{pid}/stat"), Environment.SystemPageSize);
}
