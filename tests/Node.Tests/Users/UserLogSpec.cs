using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Tests.Users;

public sealed class UserLogSpec
{
    private static LogDriver New(Action<RetentionOptions>? change = null, int devices = 50)
    {
        var retention = new RetentionOptions();
        change?.Invoke(retention);
        return new LogDriver(retention, devices);
    }

    private static MessageAccepted Accepted(IUserReply reply) => Assert.IsType<MessageAccepted>(reply);

    [Fact]
    public void An_untouched_log_is_empty_and_begins_at_one()
    {
        var log = New().Log;
        Assert.Equal(("", 0, 1), (log.Epoch, log.Head, log.First));
    }

    [Fact]
    public void The_first_message_begins_an_epoch_and_gets_seq_one()
    {
        var driver = New();
        Assert.Equal(1, Accepted(driver.Send()).Seq);
        Assert.Equal("e1", driver.Log.Epoch);
        Assert.Equal("e1", Assert.IsType<MessageAppended>(Assert.Single(driver.Journal)).Epoch);
    }

    [Fact]
    public void Seq_grows_by_one_with_each_message()
    {
        var driver = New();
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => Accepted(driver.Send()).Seq));
    }

    [Fact]
    public void A_repeat_is_answered_as_the_first_was_and_journals_nothing()
    {
        var driver = New();
        driver.Send("x", "{}");
        driver.Send();
        var journaled = driver.Journal.Count;
        Assert.Equal((1, true), Accepted(driver.Send("x", "{}")) is var a ? (a.Seq, a.Duplicate) : default);
        Assert.Equal(journaled, driver.Journal.Count);
    }

    [Fact]
    public void A_repeat_is_known_after_a_restart_too()
    {
        var driver = New();
        driver.Send("x", "{}");
        driver.Restart();
        Assert.True(Accepted(driver.Send("x", "{}")).Duplicate);
    }

    [Fact]
    public void The_same_id_with_other_data_is_refused()
    {
        var driver = New();
        driver.Send("x", "1");
        Assert.Equal(RefusalReason.IdReused, Assert.IsType<RequestRefused>(driver.Send("x", "2")).Reason);
        Assert.Equal(1, driver.Log.Head);
    }

    [Fact]
    public void The_same_id_of_another_sender_is_another_message()
    {
        var driver = New();
        driver.Send("x");
        Assert.Equal(2, Accepted(driver.Send("x", from: LogDriver.Bob)).Seq);
    }

    [Theory]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    public void A_repeat_is_known_for_the_configured_time(long laterMs, bool duplicate)
    {
        var driver = New();
        driver.Send("x");
        driver.Now += laterMs;
        Assert.Equal(duplicate, Accepted(driver.Send("x")).Duplicate);
    }

    [Fact]
    public void Only_the_newest_keys_are_known()
    {
        var driver = New(r => r.DedupIds = 2);
        foreach (var id in new[] { "a", "b", "c" }) driver.Send(id);
        Assert.False(Accepted(driver.Send("a")).Duplicate);
        Assert.True(Accepted(driver.Send("c")).Duplicate);
    }

    [Fact]
    public void A_device_never_seen_starts_at_the_first_message_kept()
    {
        var driver = New(r => r.Messages = 2);
        for (var i = 0; i < 5; i++) driver.Send();
        Assert.Equal(new("e1", 3, 5, 4, Resumed: false, Gap: false), driver.Open("phone"));
    }

    [Fact]
    public void A_known_device_goes_on_from_its_last_ack()
    {
        var driver = New();
        driver.Open("phone");
        for (var i = 0; i < 5; i++) driver.Send();
        driver.Ack("phone", 3);
        driver.Upkeep();
        driver.Restart();
        Assert.Equal(new("e1", 3, 5, 4, Resumed: true, Gap: false), driver.Open("phone"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(5, 5)]
    public void A_client_that_says_where_it_is_goes_on_there(long asked, long seq)
    {
        var driver = New();
        for (var i = 0; i < 5; i++) driver.Send();
        Assert.Equal(new("e1", seq, 5, 1, Resumed: true, Gap: false), driver.Open("phone", new("e1", asked)));
    }

    [Fact]
    public void What_retention_dropped_is_told_as_a_gap()
    {
        var driver = New(r => r.Messages = 2);
        for (var i = 0; i < 5; i++) driver.Send();
        Assert.Equal(new("e1", 1, 5, 4, Resumed: true, Gap: true), driver.Open("phone", new("e1", 1)));
        Assert.Equal([4, 5], driver.Seqs(1));
    }

    [Fact]
    public void Another_epoch_is_not_resumed()
    {
        var driver = New();
        driver.Send();
        Assert.Equal(new("e1", 0, 1, 1, Resumed: false, Gap: false), driver.Open("phone", new("other", 1)));
    }

    [Fact]
    public void A_seq_above_the_head_proves_a_lost_tail_and_begins_another_epoch_before_anything_is_appended()
    {
        var driver = New();
        driver.Send();
        Assert.Equal(new("e2", 0, 1, 1, Resumed: false, Gap: false), driver.Open("phone", new("e1", 2)));
        Assert.IsType<EpochBegan>(driver.Journal[1]);
        driver.Restart();
        Assert.Equal("e2", driver.Log.Epoch);
    }

    [Fact]
    public void What_every_device_acknowledged_goes_with_the_next_event()
    {
        var driver = New();
        driver.Open("a");
        driver.Open("b");
        for (var i = 0; i < 4; i++) driver.Send();
        driver.Ack("a", 4);
        driver.Ack("b", 2);
        Assert.Equal(1, driver.Log.First);
        driver.Send();
        Assert.Equal(3, driver.Log.First);
    }

    [Fact]
    public void An_ack_beyond_the_head_counts_as_the_head()
    {
        var driver = New();
        driver.Open("a");
        driver.Send();
        driver.Ack("a", long.MaxValue);
        driver.Send();
        Assert.Equal((2, 2), (driver.Log.First, driver.Log.Head));
        Assert.Equal([2], driver.Seqs(0));
    }

    [Fact]
    public void An_ack_never_goes_back()
    {
        var driver = New();
        driver.Open("a");
        driver.Send();
        driver.Send();
        driver.Ack("a", 2);
        driver.Ack("a", 1);
        Assert.Equal(2, driver.Log.Devices(driver.Now).Single().Acked);
    }

    [Fact]
    public void A_client_that_asks_below_its_ack_gets_it_again_and_holds_it_again()
    {
        var driver = New();
        driver.Open("a");
        for (var i = 0; i < 3; i++) driver.Send();
        driver.Ack("a", 3);
        Assert.Equal(1, driver.Open("a", new("e1", 1)).Seq);
        driver.Upkeep();
        Assert.Equal([2, 3], driver.Seqs(1));
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(2, 2)]
    public void Count_bounds_what_is_kept(int limit, int kept)
    {
        var driver = New(r => r.Messages = limit);
        for (var i = 0; i < 3; i++) driver.Send();
        Assert.Equal(kept, driver.Seqs(0).Length);
    }

    [Fact]
    public void Bytes_bound_what_is_kept_but_never_the_newest()
    {
        var driver = New(r => r.Bytes = 10);
        driver.Send(data: "123456");
        driver.Send(data: "123456");
        Assert.Equal([2], driver.Seqs(0));
        driver.Send(data: "12345678901234");
        Assert.Equal([3], driver.Seqs(0));
    }

    [Fact]
    public void Age_bounds_what_is_kept()
    {
        var driver = New(r => r.AgeMs = 1000);
        driver.Send();
        driver.Now += 600;
        driver.Send();
        driver.Now += 600;
        Assert.Equal(new("e1", 1, 2, 2, Resumed: false, Gap: false), driver.Open("a"));
    }

    [Theory]
    [InlineData("phone", 604_800_000, 1)]
    [InlineData("phone", 604_800_001, 0)]
    [InlineData("~anonymous", 120_000, 1)]
    [InlineData("~anonymous", 120_001, 0)]
    public void An_absent_device_is_forgotten_after_its_time(string device, long absentMs, int known)
    {
        var driver = New();
        driver.Open(device);
        driver.Leave(device);
        driver.Upkeep();
        driver.Now += absentMs;
        Assert.Equal(known, driver.Log.Devices(driver.Now).Count());
        driver.Upkeep();
        driver.Restart();
        Assert.Equal(known, driver.Log.Devices(driver.Now).Count());
    }

    [Fact]
    public void A_device_that_was_connected_when_its_entity_died_is_absent_from_the_recovery_on()
    {
        var driver = New();
        driver.Open("~a");
        driver.Now += 10_000_000;
        driver.Restart();
        Assert.Single(driver.Log.Devices(driver.Now + 120_000));
        Assert.Empty(driver.Log.Devices(driver.Now + 120_001));
    }

    [Fact]
    public void A_device_whose_time_is_over_begins_anew()
    {
        var driver = New();
        driver.Open("~a");
        driver.Send();
        driver.Ack("~a", 1);
        driver.Leave("~a");
        driver.Now += 120_001;
        var opened = driver.Open("~a");
        Assert.Equal((0L, false), (opened.Seq, opened.Resumed));
        Assert.Equal(0, driver.Log.Devices(driver.Now).Single().Acked);
    }

    [Fact]
    public void Past_the_limit_the_device_absent_longest_is_forgotten()
    {
        var driver = New(devices: 2);
        driver.Open("a");
        driver.Open("b");
        driver.Leave("b");
        driver.Now += 1;
        driver.Leave("a");
        driver.Open("c");
        Assert.Equal(["a", "c"], driver.Log.Devices(driver.Now).Select(d => d.Device.Value).Order());
    }

    [Fact]
    public void A_page_ends_before_its_bytes_are_exceeded_and_has_one_message_at_least()
    {
        var driver = New();
        for (var i = 0; i < 4; i++) driver.Send(data: "1234");
        Assert.Equal([1, 2], driver.Seqs(0, maxBytes: 11));
        Assert.Equal([3], driver.Seqs(2, maxBytes: 1));
        Assert.Empty(driver.Seqs(4));
    }
}
