using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Users;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>Drives a <see cref="UserLog"/> as its actor does: what is decided is journaled, then applied; the journal outlives a restart.</summary>
internal sealed class LogDriver(RetentionOptions retention, int devicesPerUser = 50)
{
    public static readonly UserId Alice = UserId.Parse("alice");
    public static readonly UserId Bob = UserId.Parse("bob");
    private int _epochs;
    private int _ids;

    public long Now { get; set; } = 1_790_000_000_000;

    public UserLog Log { get; private set; } = new(retention, devicesPerUser);

    public List<IUserEvent> Journal { get; } = [];

    public string NewEpoch => $"e{_epochs + 1}";

    public IUserReply Send(string? id = null, string data = "1", UserId? from = null)
    {
        var decision = Log.DecideSend(new SendMessage(Alice, from, MessageId.Parse(id ?? $"m{++_ids}"), JsonData.FromString(data)), Now, NewEpoch);
        Write(decision.Journal);
        return decision.Reply;
    }

    public CursorPosition Open(string device, ResumePoint? resume = null)
    {
        var decision = Log.DecideOpen(DeviceId.Parse(device), resume, Now, NewEpoch);
        Write(decision.Journal);
        Log.Opened(DeviceId.Parse(device), decision.Reply.Seq);
        return decision.Reply;
    }

    public void Ack(string device, long seq) => Log.Acknowledge(DeviceId.Parse(device), seq);

    public void Leave(string device) => Log.Left(DeviceId.Parse(device), Now);

    public void Upkeep()
    {
        Write(Log.DecideUpkeep(Now));
    }

    /// <summary>A new incarnation recovers: what was not journaled is gone, and nobody is connected.</summary>
    public void Restart()
    {
        Log = Replay(Journal);
        Log.AssumeConnected(new HashSet<DeviceId>(), Now);
    }

    public UserLog Replay(IEnumerable<IUserEvent> events, UserLogSnapshot? from = null)
    {
        var log = new UserLog(retention, devicesPerUser);
        if (from is not null) log.Restore(from);
        foreach (var e in events) log.Apply(e);
        return log;
    }

    public long[] Seqs(long after, int maxBytes = int.MaxValue) => [.. Log.Read(after, maxBytes).Select(m => m.Seq)];

    private void Write(IUserEvent? journal)
    {
        if (journal is null) return;
        if (journal is EpochBegan or MessageAppended { Epoch: not null }) _epochs++;
        Journal.Add(journal);
        Log.Apply(journal);
    }
}
