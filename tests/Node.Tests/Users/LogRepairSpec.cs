using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Users;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>A journal that came back without its newest events, beside what its user's entity remembers.</summary>
public sealed class LogRepairSpec
{
    private static readonly DeviceId Phone = DeviceId.Parse("phone");

    [Property(MaxTest = 1_000)]
    public void Whatever_is_lost_comes_back_as_it_was_or_another_life_begins(byte[] life, byte lost, byte remembered)
    {
        var driver = new LogDriver(new RetentionOptions { Messages = 6 });
        foreach (var step in life)
        {
            if (step % 4 == 0) driver.Open($"d{step % 3}");
            else driver.Send();
        }
        var (whole, known) = (driver.Log, Known(driver, remembered % 8, [.. driver.Log.Devices(driver.Now).Select(cursor => cursor.Device)]));
        var log = driver.Replay(driver.Journal.Take(driver.Journal.Count - (lost % (driver.Journal.Count + 1))));
        var (head, epoch) = (log.Head, log.Epoch);

        var repair = LogRepair.Decide(log, known, "another");
        foreach (var journaled in repair) log.Apply(journaled);

        if (head + known.Recent.Count >= whole.Head)
        {
            Assert.Equal((whole.Epoch, whole.Head), (log.Epoch, log.Head));
            Assert.Equal(whole.Read(head, int.MaxValue), log.Read(Math.Max(head, whole.First - 1), int.MaxValue));
            Assert.All(known.Opened, device => Assert.True(log.Knows(device)));
            return;
        }
        Assert.Equal(("another", head), (log.Epoch, log.Head));
        Assert.Equal([new EpochBegan("another")], repair);
        Assert.NotEqual("another", epoch);
    }

    [Fact]
    public void A_log_that_has_all_of_it_or_more_is_left_as_it_is()
    {
        var driver = new LogDriver(new RetentionOptions());
        driver.Open("phone");
        driver.Send();
        var known = Known(driver, 1, [Phone]);
        Assert.Empty(LogRepair.Decide(driver.Log, known, "another"));
        driver.Send();
        Assert.Empty(LogRepair.Decide(driver.Log, known, "another"));
        Assert.Empty(LogRepair.Decide(driver.Log, KnownLog.Nothing, "another"));
    }

    [Fact]
    public void A_message_that_another_owner_wrote_in_the_place_of_a_known_one_is_not_built_upon()
    {
        var driver = new LogDriver(new RetentionOptions());
        driver.Open("phone");
        driver.Send("a");
        var shorter = driver.Replay(driver.Journal);
        driver.Send("b");
        driver.Send("c");
        var known = Known(driver, 2, [Phone]);

        var other = shorter.DecideSend(new SendMessage(LogDriver.Alice, null, MessageId.Parse("x"), Messages.JsonData.FromString("1")), driver.Now, "e");
        shorter.Apply(other.Journal!);
        Assert.Equal([new EpochBegan("another")], LogRepair.Decide(shorter, known, "another"));
    }

    [Fact]
    public void A_life_that_another_owner_began_goes_on()
    {
        var driver = new LogDriver(new RetentionOptions());
        driver.Open("phone");
        var known = Known(driver, 0, [Phone]) with { Epoch = "earlier" };
        Assert.Empty(LogRepair.Decide(driver.Log, known, "another"));
    }

    [Fact]
    public void Repeats_of_what_was_written_again_are_known()
    {
        var driver = new LogDriver(new RetentionOptions());
        driver.Send("a");
        driver.Send("b");
        var log = driver.Replay(driver.Journal.Take(1));
        foreach (var journaled in LogRepair.Decide(log, Known(driver, 1, []), "another")) log.Apply(journaled);
        var again = log.DecideSend(new SendMessage(LogDriver.Alice, null, MessageId.Parse("b"), Messages.JsonData.FromString("1")), driver.Now, "e");
        Assert.Equal(new MessageAccepted(MessageId.Parse("b"), 2, Duplicate: true), again.Reply);
    }

    [Fact]
    public void What_was_stored_long_before_the_newest_need_not_be_remembered()
    {
        var (recent, now) = (new RecentMessages(), DateTimeOffset.UnixEpoch);
        for (var seq = 1; seq <= 3; seq++) recent.Add(Message(seq, 1), now + (seq * RecentMessages.SettledAfter / 2));
        Assert.Equal([1, 2, 3], recent.All().Select(message => message.Seq));
        recent.Add(Message(4, 1), now + (2 * RecentMessages.SettledAfter));
        Assert.Equal([2, 3, 4], recent.All().Select(message => message.Seq));
        recent.FoundAt(now + (3 * RecentMessages.SettledAfter));
        recent.Add(Message(5, 1), now + (4 * RecentMessages.SettledAfter));
        Assert.Equal([2, 3, 4, 5], recent.All().Select(message => message.Seq));
        recent.Add(Message(6, RecentMessages.MostBytes - 1), now + (4 * RecentMessages.SettledAfter));
        Assert.Equal([5, 6], recent.All().Select(message => message.Seq));
    }

    private static LogMessage Message(long seq, int bytes) => new(seq, MessageId.Parse($"{seq}"), null, 0, Messages.JsonData.FromString(new string('1', bytes)));

    private static KnownLog Known(LogDriver driver, int recent, IReadOnlyList<DeviceId> opened) =>
        new(driver.Log.Epoch, driver.Log.Head, driver.Log.Read(Math.Max(driver.Log.Head - recent, 0), int.MaxValue), opened);
}
