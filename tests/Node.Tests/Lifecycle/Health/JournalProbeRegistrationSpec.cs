using Akka.Hosting;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaSockets.Node.Tests.Lifecycle.Health;

public sealed class JournalProbeRegistrationSpec
{
    [Fact]
    public async Task A_started_node_asks_its_journal_by_itself()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(new NodeHealth(() => "Up", () => true));
        builder.Services.AddAkka("akkasockets", akka => akka.WithJournalProbe());
        using var host = builder.Build();
        await host.StartAsync();

        await Wait.UntilAsync(() => host.Services.GetRequiredService<NodeHealth>().Read().Status == ReadinessStatus.Ready);
        await host.StopAsync();
    }
}
