using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Users;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>A user's log, with two devices and as many messages as its retention lets it keep (the defaults: 1,000 messages, 262,144 bytes).</summary>
public class UserLogs
{
    private static readonly DeviceId Tablet = DeviceId.Parse("tablet");

    // Twice as many as the log knows repeats by, so that each is new when its turn comes again.
    private readonly SendMessage[] _sends = [.. Enumerable.Range(0, 2048).Select(i => new SendMessage(Given.Alice, Given.Bob, MessageId.Parse($"id-{i}"), Given.Data(100)))];
    private UserLog _log = null!;
    private int _next;
    private long _acked;

    [GlobalSetup]
    public void Begin()
    {
        (_log, _next, _acked) = (new UserLog(new RetentionOptions(), 50), 0, 0);
        foreach (var device in new[] { Given.Phone, Tablet })
        {
            var opening = _log.DecideOpen(device, null, Given.Now, "0123456789abcdef");
            _log.Apply(opening.Journal!);
            _log.Opened(device, opening.Reply.Seq);
        }
        while (_log.Head < 2000) Send();
    }

    /// <summary>Decide and apply: what one durable message costs its log, the journal left out.</summary>
    [Benchmark]
    public IUserReply Send()
    {
        var decision = _log.DecideSend(_sends[_next++ % _sends.Length], Given.Now, "");
        _log.Apply(decision.Journal!);
        return decision.Reply;
    }

    /// <summary>The same from a device that acknowledges each message, so that the log stays short.</summary>
    [Benchmark]
    public void SendAndAcknowledge()
    {
        Send();
        _log.Acknowledge(Given.Phone, _log.Head);
        _log.Acknowledge(Tablet, _log.Head);
    }

    /// <summary>A message that is known already.</summary>
    [Benchmark]
    public IUserReply Repeat() => _log.DecideSend(_sends[(_next + _sends.Length - 1) % _sends.Length], Given.Now, "").Reply;

    [Benchmark]
    public void Acknowledge() => _log.Acknowledge(Given.Phone, ++_acked % 2000);

    /// <summary>A device that is known comes back and says where it was.</summary>
    [Benchmark]
    public CursorPosition Open() => _log.DecideOpen(Given.Phone, new ResumePoint(_log.Epoch, _log.Head), Given.Now, "").Reply;

    /// <summary>A page of backlog as sockets pull it.</summary>
    [Benchmark]
    public int Read() => _log.Read(_log.First - 1, 131_072).Count;

    [Benchmark]
    public UserLogSnapshot Snapshot() => _log.ToSnapshot();
}
