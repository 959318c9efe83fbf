namespace AkkaSockets.Load.Tests;

public sealed class LedgerSpec
{
    private readonly Ledger _ledger = new(receivers: 2);

    [Fact]
    public void What_was_acknowledged_is_outstanding_until_it_comes()
    {
        _ledger.Acknowledge(0, "a", 1);
        _ledger.Acknowledge(1, "b", 1);
        Assert.Equal((2, 2), (_ledger.Acknowledged, _ledger.Outstanding));
        _ledger.Receive(0, 1, "a");
        Assert.Equal((1, 1), (_ledger.Received, _ledger.Outstanding));
    }

    [Fact]
    public void A_message_may_come_before_its_acknowledgement()
    {
        _ledger.Receive(0, 1, "a");
        _ledger.Acknowledge(0, "a", 1);
        AssertClean();
    }

    [Fact]
    public void A_second_copy_is_told_whatever_its_seq()
    {
        _ledger.Acknowledge(0, "a", 1);
        _ledger.Receive(0, 1, "a");
        _ledger.Receive(0, 2, "a");
        Assert.Equal((1, 0, 0), (_ledger.Duplicated, _ledger.Reordered, _ledger.Outstanding));
    }

    [Fact]
    public void One_id_to_two_receivers_is_two_messages()
    {
        _ledger.Receive(0, 1, "a");
        _ledger.Receive(1, 1, "a");
        AssertClean();
    }

    [Fact]
    public void A_message_behind_a_later_one_is_reordered()
    {
        _ledger.Receive(0, 2, "b");
        _ledger.Receive(0, 1, "a");
        Assert.Equal(1, _ledger.Reordered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_at_another_seq_than_was_acknowledged_is_reordered(bool acknowledgedFirst)
    {
        if (acknowledgedFirst) _ledger.Acknowledge(0, "a", 1);
        _ledger.Receive(0, 2, "a");
        if (!acknowledgedFirst) _ledger.Acknowledge(0, "a", 1);
        Assert.Equal(1, _ledger.Reordered);
    }

    [Fact]
    public void What_a_sender_sent_later_must_not_stand_before_what_it_sent_earlier()
    {
        _ledger.Acknowledge(0, "first", 2, sender: 1, number: 1);
        _ledger.Acknowledge(0, "second", 1, sender: 1, number: 2);
        Assert.Equal(1, _ledger.Reordered);
    }

    [Fact]
    public void Different_senders_and_different_receivers_have_no_order_among_them()
    {
        _ledger.Acknowledge(0, "a", 2, sender: 0, number: 1);
        _ledger.Acknowledge(0, "b", 1, sender: 1, number: 2);
        _ledger.Acknowledge(1, "c", 1, sender: 0, number: 2);
        Assert.Equal(0, _ledger.Reordered);
    }

    [Fact]
    public void What_nobody_acknowledged_may_come_once_or_not_at_all()
    {
        _ledger.GiveUp(0, "came");
        _ledger.GiveUp(0, "did not");
        _ledger.Receive(0, 1, "came");
        AssertClean();
        Assert.Equal((2, 1), (_ledger.Unacknowledged, _ledger.UnacknowledgedReceived));

        _ledger.Receive(0, 2, "came");
        Assert.Equal(1, _ledger.Duplicated);
    }

    [Fact]
    public void Ephemeral_messages_are_counted_by_themselves()
    {
        _ledger.Receive(0, null, null);
        Assert.Equal((1, 0), (_ledger.Ephemeral, _ledger.Received));
    }

    private void AssertClean() => Assert.Equal((0, 0, 0), (_ledger.Outstanding, _ledger.Duplicated, _ledger.Reordered));
}
