using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Node.Tests.Configuration;

/// <summary>Changes what all of the process reads, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(SettingsSourcesSpec), DisableParallelization = true)]
[Collection(nameof(SettingsSourcesSpec))]
public sealed class SettingsSourcesSpec : IDisposable
{
    // Its own environment, whose file no other test reads.
    private const string Environment = "SourcesSpec";
    private const string Key = "Delivery:DeadlineMs";
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, $"appsettings.{Environment}.json");
    private readonly List<string> _variables = [];
    private readonly string _folder = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData("", null, "", "10000")]
    [InlineData("""{"Delivery":{"DeadlineMs":1}}""", null, "", "1")]
    [InlineData("""{"Delivery":{"DeadlineMs":1}}""", "2", "", "2")]
    [InlineData("""{"Delivery":{"DeadlineMs":1}}""", "2", "--Delivery:DeadlineMs 3", "3")]
    [InlineData("""{"Delivery":{"DeadlineMs":1}}""", null, "--delivery:deadlinems=3", "3")]
    [InlineData("", "2", "", "2")]
    public void The_command_line_goes_before_the_environment_and_that_before_the_file(string file, string? variable, string args, string expected)
    {
        if (file.Length > 0) System.IO.File.WriteAllText(File, file);
        if (variable is not null) Set("Delivery__DeadlineMs", variable);

        Assert.Equal(expected, InForce(args)[Key]);
    }

    [Fact]
    public void The_file_beside_the_program_is_read_and_none_of_the_working_directory()
    {
        System.IO.File.WriteAllText(Path.Combine(_elsewhere.FullName, "appsettings.json"), """{"Delivery":{"DeadlineMs":4}}""");
        System.IO.File.WriteAllText(File, """{"Delivery":{"DeadlineMs":1}}""");
        Directory.SetCurrentDirectory(_elsewhere.FullName);

        var builder = Create("");

        Assert.Equal(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), builder.Environment.ContentRootPath.TrimEnd(Path.DirectorySeparatorChar));
        Assert.Equal("1", builder.Configuration[Key]);
        Assert.Equal("Information", builder.Configuration["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void A_wrong_setting_is_told_whichever_source_it_is_of()
    {
        System.IO.File.WriteAllText(File, """{"Limits":{"FrameBytes":"12x"},"Cluster":{"Port":4055.5}}""");
        Set("Send__Allow", "some");

        var fault = Assert.Throws<SettingsException>(() => InForce("--Cluster:Prot 4055"));

        Assert.Equal(
            [
                "Cluster:Port is '4055.5': it must be a whole number from 1 to 65535.",
                "Cluster:Prot is not a setting: did you mean Cluster:Port? Allowed in Cluster: Host, Port, Seeds, MinNodes, NodeName, Detection.",
                "Limits:FrameBytes is '12x': it must be a whole number from 1024 to 16777216.",
                "Send:Allow is 'some': it must be all, claim or none.",
            ],
            fault.Lines);
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_told_in_a_line_with_its_name()
    {
        System.IO.File.WriteAllText(File, "{\n  \"Api\": { \"Keys\": hush }\n}");

        var line = Assert.Single(Assert.Throws<SettingsException>(() => Create("")).Lines);

        Assert.Contains(Path.GetFileName(File), line, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void A_switch_with_one_dash_is_told_without_its_value() =>
        Assert.Equal(["-Api:Keys is not a switch: it must start with two dashes, as --Cluster:Port 4055."],
            Assert.Throws<SettingsException>(() => Create("-Api:Keys=hush")).Lines);

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0;http://127.0.0.1:0")]
    [InlineData("DOTNET_URLS", "http://127.0.0.1:0")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "0")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "0")]
    public async Task Addresses_come_from_Listen_alone(string variable, string value)
    {
        Set(variable, value);
        Set("ASPNETCORE_PREFERHOSTINGURLS", "true");
        var builder = Create("--urls http://127.0.0.1:0 --Listen:Clients http://127.0.0.1:0 --Listen:Api http://[::1]:0 --Listen:Pbm 127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddNodeOptions(builder.Configuration, builder.Environment);
        await using var app = builder.ConfigureListeners().Build();

        await app.StartAsync();

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Assert.Equal(["127.0.0.1", "[::1]", "127.0.0.1"], addresses.Select(address => new Uri(address).Host));
        await app.StopAsync();
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_folder);
        _elsewhere.Delete(recursive: true);
        System.IO.File.Delete(File);
        foreach (var variable in _variables) System.Environment.SetEnvironmentVariable(variable, null);
    }

    private void Set(string variable, string value)
    {
        _variables.Add(variable);
        System.Environment.SetEnvironmentVariable(variable, value);
    }

    private static WebApplicationBuilder Create(string args) =>
        NodeConfiguration.CreateBuilder(
            [$"--environment={Environment}", $"--Auth:SigningKey={Settings.Key}", "--Api:Keys=k", .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static Dictionary<string, string> InForce(string args)
    {
        var builder = Create(args);
        builder.Services.AddNodeOptions(builder.Configuration, builder.Environment);
        using var node = builder.Services.BuildServiceProvider();
        return Settings.Masked(node);
    }
}
