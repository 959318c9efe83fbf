using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary>What commands about one user share.</summary>
internal sealed class UserCommands(UserAsker asker, Members members, PlacementBoard board, IOptions<PlacementOptions> placement)
{
    public static readonly Switch User = new("user", "The user's id.", 'u') { Mandatory = true, Placeholder = "USER" };

    /// <exception cref="CommandMisusedException">It is no user id.</exception>
    public static UserId UserOf(CommandRun run) => UserId.TryParse(run.Switches.Text(User.Name), out var user)
        ? user
        : throw new CommandMisusedException($"--{User.Name} takes a user id: 1 to {UserId.MaxLength} characters without white space.");

    /// <summary>The entity's answer.</summary>
    /// <exception cref="CommandFailedException">It did not come in time; nodes that are silent have been named.</exception>
    public async Task<T> AskAsync<T>(CommandRun run, IWithUserId question)
        where T : IUserReply
    {
        // Meanwhile, so that it is known by the deadline who is silent: the user's own node, or one that the way there leads over.
        var nodes = members.AskAllAsync<MemberStatus>(new GetMemberStatus(), run.Stop, MemberRoles.IsNode);
        try
        {
            return (T)await asker.AskAsync(question, members.Deadline, run.Stop).ConfigureAwait(false);
        }
        catch (UserUnavailableException fault)
        {
            var replies = await nodes.ConfigureAwait(false);
            await members.TellSilentAsync(run.Answer, replies).ConfigureAwait(false);
            var owner = board.Placement?.Table[ShardId.Of(question.User, placement.Value.Shards)];
            var isSilent = replies.Any(reply => reply.Name == owner && reply.Reply is null);
            var why = isSilent ? $"{owner}, where the user lives, did not answer within {Durations.Format(members.Deadline)}." : fault.Message;
            throw new CommandFailedException(question is GetUser ? why : $"{why} Whether its sockets were told is not known.", fault);
        }
    }
}
