using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Admin.Hosting;

/// <summary>Tells clients the commands and runs them.</summary>
public sealed class AdminService(CommandCatalog commands, IMemberFacts member, AdminLifetime lifetime, ILogger<AdminService> log)
    : Protocol.Admin.AdminBase
{
    // Longer than a client needs that reads, and no more than a stop can wait for one that does not.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public override Task<MemberDescription> Describe(DescribeRequest request, ServerCallContext context) =>
        Task.FromResult(commands.Describe(member.Name));

    /// <summary>A command's whole life.</summary>
    public override async Task Run(RunRequest request, IServerStreamWriter<Reply> responseStream, ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.Ended);
        // A write that is cancelled aborts the call, and the client would not hear why: so what is being said when the member stops may be said to its end.
        using var mute = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var ending = lifetime.Ended.Register(() => mute.CancelAfter(LastWords));
        using var answer = new Answer(reply => responseStream.WriteAsync(reply, mute.Token));
        try
        {
            var command = commands.Find(request.Palette, request.Command);
            await command.Handler(new CommandRun(SwitchValues.Read(command, request.Switches), answer, stop.Token)).ConfigureAwait(false);
        }
        catch (CommandMisusedException misused)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, misused.Message));
        }
        catch (CommandFailedException failed)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, failed.Message));
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"{member.Name} stops."));
        }
        catch (Exception fault)
        {
            log.CommandFailed(request.Palette, request.Command, fault);
            throw new RpcException(new Status(StatusCode.Internal, $"{member.Name} failed, and its log says why."));
        }
    }
}
