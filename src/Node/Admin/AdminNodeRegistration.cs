using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Commands;
using AkkaSockets.Admin.Hosting;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary>Registers what <c>pbm</c> finds on a node: a palette a line.</summary>
public static class AdminNodeRegistration
{
    public static IServiceCollection AddNodeAdmin(this IServiceCollection services) => services
        .AddAdmin(s => s.GetRequiredService<IOptions<PbmOptions>>().Value.Token)
        .AddSingleton<UserCommands>()
        .AddSingleton<ShardCensus>()
        .AddSingleton<MovePlanner>()
        .AddSingleton<PlanCommand>()
        .AddSingleton<PauseCommands>()
        .AddSingleton<DrainCommand>()
        .AddSingleton(s => new NodeCommand(s.GetRequiredService<DrainCommand>().Command))
        .AddSingleton<NodeFacts>()
        .AddSingleton<IMemberFacts>(s => s.GetRequiredService<NodeFacts>())
        .AddSingleton<IAdminResponder, NodeResponder>()
        .AddCommonPalettes()
        .AddPalette<ShardingPalette>()
        .AddPalette<SocketsPalette>()
        .AddPalette<UsersPalette>();
}
