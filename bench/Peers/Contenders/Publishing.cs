using System.Diagnostics;
using System.Runtime.InteropServices;
using AkkaSockets.LocalCluster.Commands;

namespace AkkaSockets.Peers.Contenders;

/// <summary>
/// Makes of the .NET servers what an image would have: published, and compiled ahead of time (ReadyToRun), peers as well. Otherwise the first minute of each is spent on compiling what
/// it runs, the more so the more code of packages it has, and the web server's own comes compiled.
/// </summary>
internal static class Publishing
{
    /// <exception cref="CommandException">One can't be published.</exception>
    public static async Task PublishAsync(IReadOnlyCollection<string> contenders, Action<string> tell, CancellationToken stop)
    {
        if (contenders.Contains(AkkaSocketsContender.TheKey))
        {
            Installed.Node = await PublishAsync("src/Node/Node.csproj", Installed.Node, tell, stop).ConfigureAwait(false);
            Installed.Lighthouse = await PublishAsync("src/Lighthouse/Lighthouse.csproj", Installed.Lighthouse, tell, stop).ConfigureAwait(false);
        }
        if (contenders.Contains(SignalRContender.TheKey)) Installed.SignalR = await PublishAsync("bench/Peers/SignalR/SignalRPeer.csproj", Installed.SignalR, tell, stop).ConfigureAwait(false);
        if (contenders.Contains(FloorContender.TheKey)) Installed.Floor = await PublishAsync("bench/Peers/Floor/FloorPeer.csproj", Installed.Floor, tell, stop).ConfigureAwait(false);
    }

    private static async Task<string> PublishAsync(string project, string built, Action<string> tell, CancellationToken stop)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "published", Path.GetFileNameWithoutExtension(project));
        tell($"publishing {project}");
        string[] arguments =
        [
            "publish", Path.Combine(Installed.Repository, project), "--configuration", "Release", "--arch", RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), "--no-self-contained",
            "-p:PublishReadyToRun=true", "--output", folder, "--nologo",
        ];
        using var dotnet = Process.Start(new ProcessStartInfo(Installed.Dotnet, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var (output, errors) = (dotnet.StandardOutput.ReadToEndAsync(stop), dotnet.StandardError.ReadToEndAsync(stop));
            await dotnet.WaitForExitAsync(stop).ConfigureAwait(false);
            if (dotnet.ExitCode != 0) throw new CommandException($"{project} can't be published:{Environment.NewLine}{await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}");
        }
        finally
        {
            if (!dotnet.HasExited) dotnet.Kill(entireProcessTree: true);
        }
        return Path.Combine(folder, Path.GetFileName(built));
    }
}
