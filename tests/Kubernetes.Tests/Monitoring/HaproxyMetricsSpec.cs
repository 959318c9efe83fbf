using System.Diagnostics;
using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Monitoring;

/// <summary>What alerts ask of HAProxy is what one with our configuration tells.</summary>
public sealed partial class HaproxyMetricsSpec : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("haproxy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactWith("haproxy", "haproxy")]
    public async Task Each_series_that_is_asked_for_is_there_and_another_one_is_not()
    {
        var told = await ReadAsync();
        var asked = MonitoringSpec.Expressions().SelectMany(row => SeriesIn((string)row[1])).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, series => Assert.True(IsTold(told, series), $"HAProxy has no {series}."));
        Assert.All(SeriesIn("haproxy_backend_up{proxy=\"nodes\"} + haproxy_backend_active_servers{proxy=\"node\"}"), series => Assert.False(IsTold(told, series), series));
    }

    private static IEnumerable<string> SeriesIn(string expression) => Series().Matches(expression).Select(match => match.Value);

    // Labels in the order in which HAProxy writes them; ours are one at the most.
    private static bool IsTold(string[] told, string series) => told.Any(line => line.StartsWith($"{series} ", StringComparison.Ordinal));

    /// <summary>All that it tells, a series a line.</summary>
    private async Task<string[]> ReadAsync()
    {
        var (clients, inside, file) = (Loopback.FreePort(), Loopback.FreePort(), Path.Combine(_folder, "haproxy.cfg"));
        await File.WriteAllTextAsync(file, Repository.Read("k8s/base/haproxy.cfg")
            .Replace("bind :8080", $"bind 127.0.0.1:{clients}", StringComparison.Ordinal).Replace("bind :8404", $"bind 127.0.0.1:{inside}", StringComparison.Ordinal));
        var start = new ProcessStartInfo("haproxy", ["-db", "-f", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["NODES"], start.Environment["MAXCONN"]) = ("localhost", "1000");
        using var haproxy = Process.Start(start)!;
        _ = haproxy.StandardOutput.ReadToEndAsync();
        var errors = haproxy.StandardError.ReadToEndAsync();
        try
        {
            using var deadline = new CancellationTokenSource(Patience);
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            using var http = new HttpClient();
            while (true)
            {
                try
                {
                    return (await http.GetStringAsync(new Uri($"http://127.0.0.1:{inside}/metrics"), deadline.Token)).Split('\n');
                }
                catch (HttpRequestException) when (!haproxy.HasExited)
                {
                    // Not there yet.
                    await ticks.WaitForNextTickAsync(deadline.Token);
                }
            }
        }
        catch (HttpRequestException fault)
        {
            throw new InvalidOperationException($"HAProxy ended: {await errors}", fault);
        }
        finally
        {
            haproxy.Kill();
            await haproxy.WaitForExitAsync();
        }
    }

    [GeneratedRegex(@"\bhaproxy_[a-z_]+(?:\{[^}]*\})?")]
    private static partial Regex Series();
}
