using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests;

public sealed partial class HaproxySpec
{
    private const string Path = "k8s/base/haproxy.cfg";

    [FactWith("haproxy", "haproxy")]
    public void Its_configuration_is_taken_without_a_warning()
    {
        // Names come from the environment; this one resolves anywhere.
        var (status, output, errors) = Tool.Run("haproxy", ["-c", "-f", Repository.PathOf(Path)], ("NODES", "localhost"), ("MAXCONN", "1000"));
        Assert.True(status == 0, output + errors);
        Assert.DoesNotContain(errors.Split('\n'), line => line.Contains("[WARNING]", StringComparison.Ordinal) && !IsOfTheMachine(line));
    }

    [FactWith("haproxy", "haproxy")]
    public void A_broken_one_is_refused()
    {
        var broken = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(broken, Repository.Read(Path).Replace("balance leastconn", "balance leastcon", StringComparison.Ordinal));
            Assert.NotEqual(0, Tool.Run("haproxy", ["-c", "-f", broken], ("NODES", "localhost"), ("MAXCONN", "1000")).Status);
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [Theory]
    [InlineData("    mode tcp")]
    [InlineData("    balance leastconn")]
    [InlineData("    option httpchk GET /healthz/ready")]
    [InlineData("    option redispatch 1")]
    public void It_balances_as_the_design_says(string line) => Assert.Contains(line, Repository.Read(Path).Split('\n'));

    [Fact]
    public void Nodes_are_found_by_name_and_told_where_clients_come_from() =>
        Assert.Matches(Servers(), Repository.Read(Path));

    /// <summary>A node pings after 20 s and gives 40 s for the answer.</summary>
    [Fact]
    public void It_outwaits_a_silent_socket() =>
        Assert.All(Timeouts().Matches(Repository.Read(Path)), timeout => Assert.True(int.Parse(timeout.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) > 60));

    /// <summary>One without a network has no way to the nameserver that it has configured itself.</summary>
    private static bool IsOfTheMachine(string warning) =>
        Unreached().Match(warning) is { Success: true } unreached && File.ReadLines("/etc/resolv.conf").Contains($"nameserver {unreached.Groups[1].Value}");

    [GeneratedRegex("can't connect socket for nameserver '([^']+)'")]
    private static partial Regex Unreached();

    [GeneratedRegex(@"default-server check port 8081 .*send-proxy-v2\n +server-template node 1-\d+ ""\$\{NODES\}:8080"" resolvers cluster .*init-addr none")]
    private static partial Regex Servers();

    [GeneratedRegex(@"^    timeout (?:client|server|tunnel) (\d+)s$(?=[\s\S]*^frontend clients)", RegexOptions.Multiline)]
    private static partial Regex Timeouts();
}
