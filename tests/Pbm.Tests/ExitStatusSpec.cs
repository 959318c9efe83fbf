using System.Net;
using System.Net.Sockets;
using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests;

public sealed class ExitStatusSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync();

    public async Task DisposeAsync() => await _member.DisposeAsync();

    [Theory]
    [InlineData("test rows")]
    [InlineData("test silent --json")]
    [InlineData("test echo -u alice")]
    [InlineData("--help")]
    [InlineData("test --help")]
    [InlineData("test echo --help")]
    [InlineData("--version")]
    public async Task A_command_that_is_done_ends_with_0(string args)
    {
        var run = await _member.PbmAsync(args.Split(' '));

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Equal("", run.Error.Replace("node-2 did not answer within 3000 ms: its part is missing.\n", "", StringComparison.Ordinal).Replace("A note.\n", "", StringComparison.Ordinal));
        Assert.NotEqual("", run.Out);
    }

    [Theory]
    [InlineData("test fail", "pbm: It can't be done.")]
    [InlineData("test break", "pbm: node-1 failed, and its log says why.")]
    public async Task A_command_that_fails_ends_with_1(string args, string error)
    {
        var run = await _member.PbmAsync(args.Split(' '));

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Equal(error, run.Error.Trim());
        Assert.DoesNotContain("secret of the inside", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "There is no 'nonsense' here. There are test. See pbm --help.")]
    [InlineData("test", "There are rows, members, nothing, props, silent, echo, fail, break, tail. See pbm test --help.")]
    [InlineData("test nonsense", "There is no 'nonsense' here. There are rows,")]
    [InlineData("test rows extra", "There is no 'extra' here. See pbm test rows --help.")]
    [InlineData("test rows --extra", "There is no '--extra' here. See pbm test rows --help.")]
    [InlineData("test echo", "Option '--user' is required.")]
    [InlineData("test echo -u", "Required argument missing for option: '-u'.")]
    [InlineData("test echo -u alice -u bob", "--user is given too often.")]
    [InlineData("test echo -u alice -w soon", "--wait is 'soon': it must be a duration, as 500ms, 5s or 2m.")]
    [InlineData("test echo -u alice -l middle", "--level is 'middle': it must be one of low, high.")]
    [InlineData("test echo -u alice -c -1", "--count")]
    [InlineData("test rows --token", "--token")]
    [InlineData("test rows --timeout soon", "--timeout is 'soon': it must be a duration")]
    [InlineData("test rows --timeout 0s", "--timeout is '0s'")]
    public async Task A_command_that_is_used_wrongly_ends_with_2(string args, string error)
    {
        var run = await _member.PbmAsync(args.Split(' '));

        Assert.Equal(ExitStatus.Misused, run.Status);
        Assert.StartsWith("pbm: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("127.0.0.1:port")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:9110")]
    [InlineData(":9110")]
    [InlineData("me@127.0.0.1:9110")]
    public async Task An_address_that_is_none_ends_with_2(string address)
    {
        var run = await PbmRun.OfAsync([address, "test", "rows"]);

        Assert.Equal(ExitStatus.Misused, run.Status);
        Assert.Contains("is no address of a member: write host:port", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_is_not_there_ends_with_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var run = await PbmRun.OfAsync([$"127.0.0.1:{port}", "test", "rows"]);

        Assert.Equal(ExitStatus.Misused, run.Status);
        Assert.Contains($"127.0.0.1:{port} can't be reached as a member's Listen:Pbm: Connection refused", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_says_nothing_ends_with_2()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();

        var run = await PbmRun.OfAsync([$"127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}", "test", "rows", "--timeout", "500ms"]);

        Assert.Equal(ExitStatus.Misused, run.Status);
        Assert.Contains("did not answer within 500ms", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_help_without_a_member()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var run = await PbmRun.OfAsync([$"127.0.0.1:{port}", "--help"]);

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains("pbm [host:port] <module> <command> [switches]", run.Out, StringComparison.Ordinal);
        Assert.Contains("can't be reached", run.Error, StringComparison.Ordinal);
    }
}
