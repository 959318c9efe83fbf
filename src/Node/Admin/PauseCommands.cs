using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Admin;

/// <summary><c>sharding pause</c> and <c>sharding resume</c>: whether shards move, whoever coordinates.</summary>
internal sealed class PauseCommands(PlacementBoard board, IRequiredActor<PlacementBoardActor> boardActor, IMemberFacts self, Members members, TimeProvider time)
{
    public IReadOnlyList<Command> Commands =>
    [
        new("pause", "Holds moves of shards back until resume; a node that stops or dies still gives its own up.", PauseAsync),
        new("resume", "Lets shards move again.", ResumeAsync),
    ];

    private async Task PauseAsync(CommandRun run)
    {
        var paused = board.Paused ?? new MovesPaused(time.GetUtcNow(), self.Name);
        var nodes = AskNodes(run);
        var told = await AskAsync(new PauseMoves(paused), run).ConfigureAwait(false);
        await run.Answer.RecordAsync("moves", ("paused", true), ("since", paused.Since), ("by", paused.By)).ConfigureAwait(false);
        await WarnAsync(run, told, nodes).ConfigureAwait(false);
    }

    private async Task ResumeAsync(CommandRun run)
    {
        var was = board.Paused;
        var nodes = AskNodes(run);
        var told = await AskAsync(ResumeMoves.Instance, run).ConfigureAwait(false);
        if (!told.IsMajority && board.Paused is not null)
        {
            await members.TellSilentAsync(run.Answer, await nodes.ConfigureAwait(false)).ConfigureAwait(false);
            throw new CommandFailedException("A majority of the nodes does not answer: moves stay paused.");
        }
        await run.Answer.RecordAsync("moves", ("paused", false), ("was", was is null ? default(Cell) : was.Since)).ConfigureAwait(false);
        await WarnAsync(run, told, nodes).ConfigureAwait(false);
    }

    /// <summary>Whoever does not answer this either is who has not confirmed: the replicated data tells only how many did.</summary>
    private Task<IReadOnlyList<MemberReply<MemberStatus>>> AskNodes(CommandRun run) => members.AskAllAsync<MemberStatus>(new GetMemberStatus(), run.Stop, MemberRoles.IsNode);

    private async Task<MovesTold> AskAsync(object question, CommandRun run)
    {
        var actor = await boardActor.GetAsync(run.Stop).ConfigureAwait(false);
        try
        {
            // Above the two rounds that the replicated data takes for its answer.
            return await actor.Ask<MovesTold>(question, members.Deadline * 2, run.Stop).ConfigureAwait(false);
        }
        catch (AskTimeoutException fault)
        {
            throw new CommandFailedException("The replicated data does not answer: whether moves are paused is not known.", fault);
        }
    }

    private async Task WarnAsync(CommandRun run, MovesTold told, Task<IReadOnlyList<MemberReply<MemberStatus>>> nodes)
    {
        if (!told.IsMajority) await run.Answer.NoteAsync("A majority of the nodes has not confirmed it; they hear of it when they answer again.").ConfigureAwait(false);
        await members.TellSilentAsync(run.Answer, await nodes.ConfigureAwait(false)).ConfigureAwait(false);
    }
}
