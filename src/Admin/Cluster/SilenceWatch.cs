using Akka.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Admin.Cluster;

/// <summary>
/// Asks the members of a kind again and again while a command follows them, until it is disposed, and names in the answer who has fallen silent, once a silence. Those who are followed can't tell of it:
/// on a member that is frozen or cut off nothing happens.
/// </summary>
internal sealed class SilenceWatch : IAsyncDisposable
{
    // A silence is named when the deadline has passed on top of it.
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    private readonly Members _members;
    private readonly Func<Member, bool> _which;
    private readonly Answer _answer;
    private readonly CancellationTokenSource _ended;
    private readonly HashSet<UniqueAddress> _silent = [];
    private readonly Task _asking;

    /// <param name="stop">When it is cancelled, nobody is asked any more.</param>
    public SilenceWatch(Members members, Func<Member, bool> which, Answer answer, CancellationToken stop)
    {
        (_members, _which, _answer) = (members, which, answer);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _asking = RunAsync(_ended.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        // It ends with a cancellation, or because the answer can't be written any more, of which the command itself hears, too.
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(AskEvery);
        do
        {
            var replies = await _members.AskAllAsync<Messages.Admin.MemberStatus>(new GetMemberStatus(), stop, _which).ConfigureAwait(false);
            var there = _members.State.Members.Where(IsToAnswer).Select(member => member.UniqueAddress).ToHashSet();
            _silent.IntersectWith(there);
            foreach (var reply in replies.Where(reply => there.Contains(reply.Member.UniqueAddress))) await LookAsync(reply).ConfigureAwait(false);
        }
        while (await ticks.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private async Task LookAsync(MemberReply<Messages.Admin.MemberStatus> reply)
    {
        var member = reply.Member.UniqueAddress;
        if (reply.Reply is null && _silent.Add(member)) await _answer.SilentAsync(reply.Name, _members.Deadline).ConfigureAwait(false);
        if (reply.Reply is not null && _silent.Remove(member)) await _answer.NoteAsync($"{reply.Name} answers again.").ConfigureAwait(false);
    }

    /// <summary>Who ends falls silent as it should.</summary>
    private static bool IsToAnswer(Member member) => member.Status is not (Akka.Cluster.MemberStatus.Exiting or Akka.Cluster.MemberStatus.Down);
}
