using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests;

public sealed class SwitchesSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync();

    public async Task DisposeAsync() => await _member.DisposeAsync();

    public static TheoryData<string[], string> Given => new()
    {
        { ["-u", "alice"], "user=alice name= wait=00:00:05 level= count= flag=False" },
        { ["--user", "alice", "--wait", "500ms"], "user=alice name= wait=00:00:00.5000000 level= count= flag=False" },
        { ["--user=alice", "-w", "2m", "--flag"], "user=alice name= wait=00:02:00 level= count= flag=True" },
        { ["-n", "a", "-u", "alice", "-n", "b"], "user=alice name=a+b wait=00:00:05 level= count= flag=False" },
        { ["-u", "alice", "-l", "HIGH", "-c", "12"], "user=alice name= wait=00:00:05 level=HIGH count=12 flag=False" },
        { ["-u", "@alice"], "user=@alice name= wait=00:00:05 level= count= flag=False" },
        { ["--user=-x"], "user=-x name= wait=00:00:05 level= count= flag=False" },
        { ["-u", "a b:c"], "user=a b:c name= wait=00:00:05 level= count= flag=False" },
        { ["-u", "Zoë-漢😀"], "user=Zoë-漢😀 name= wait=00:00:05 level= count= flag=False" },
    };

    [Theory]
    [MemberData(nameof(Given))]
    public async Task They_reach_the_command_as_they_were_given(string[] switches, string given)
    {
        var run = await _member.PbmAsync(["test", "echo", .. switches]);

        Assert.Equal("", run.Error);
        Assert.Equal([given], _member.Palette.Given);
    }

    [Theory]
    [InlineData("--json test echo -u alice")]
    [InlineData("test --json echo -u alice")]
    [InlineData("test echo --json -u alice")]
    [InlineData("test echo -u alice --json")]
    public async Task Those_of_every_command_may_stand_anywhere(string args)
    {
        var run = await _member.PbmAsync(args.Split(' '));

        Assert.StartsWith("user=alice", run.Json.GetProperty("given").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_all_of_them()
    {
        var help = (await _member.PbmAsync("test", "echo", "--help")).Out;

        foreach (var part in (string[])["-u, --user <USER>", "(REQUIRED)", "[default: 5s]", "One of low, high.", "May be given more than once.", "--flag", "--json", "--token <TOKEN>"])
            Assert.Contains(part, help, StringComparison.Ordinal);
    }
}
