using AkkaSockets.Client.Sending;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AkkaSockets.Client.Tests.Sending;

public class PendingSendsSpec
{
    [Fact]
    public void One_per_target_is_on_its_way()
    {
        var pending = new PendingSends(window: 10);
        foreach (var (id, to) in new[] { ("1", "bob"), ("2", "bob"), ("3", "eve") }) Add(pending, id, to);

        Assert.Equal(["1", "3"], Drain(pending));
        pending.Remove(Get(pending, "1"));
        Assert.Equal(["2"], Drain(pending));
    }

    [Fact]
    public void The_window_bounds_the_targets_at_a_time()
    {
        var pending = new PendingSends(window: 2);
        foreach (var to in new[] { "a", "b", "c" }) Add(pending, to, to);

        Assert.Equal(["a", "b"], Drain(pending));
        pending.Remove(Get(pending, "b"));
        Assert.Equal(["c"], Drain(pending));
    }

    [Fact]
    public void A_held_send_keeps_its_target_waiting_and_frees_the_window()
    {
        var pending = new PendingSends(window: 1);
        foreach (var (id, to) in new[] { ("1", "bob"), ("2", "bob"), ("3", "eve") }) Add(pending, id, to);
        Drain(pending);

        pending.Hold(Get(pending, "1"));
        Assert.Equal(["3"], Drain(pending));
        pending.Remove(Get(pending, "3"));
        pending.Repeat(Get(pending, "1"));
        Assert.Equal(["1"], Drain(pending));
    }

    [Fact]
    public void A_new_socket_gets_again_what_was_on_its_way_and_not_what_is_held()
    {
        var pending = new PendingSends(window: 10);
        foreach (var (id, to) in new[] { ("1", "bob"), ("2", "bob"), ("3", "eve") }) Add(pending, id, to);
        Drain(pending);
        pending.Hold(Get(pending, "3"));

        pending.RepeatAll();

        Assert.Equal(["1"], Drain(pending));
    }

    [Fact]
    public void An_id_is_taken_until_its_answer()
    {
        var pending = new PendingSends(window: 10);
        Add(pending, "1", "bob");

        Assert.False(pending.TryAdd(new PendingSend("1", "eve", [])));
        pending.Remove(Get(pending, "1"));
        Assert.True(pending.TryAdd(new PendingSend("1", "eve", [])));
    }

    [Fact]
    public void A_send_given_up_in_line_is_passed_over()
    {
        var pending = new PendingSends(window: 10);
        foreach (var id in new[] { "1", "2", "3" }) Add(pending, id, "bob");
        Drain(pending);

        pending.Remove(Get(pending, "2"));
        pending.Remove(Get(pending, "1"));

        Assert.Equal(["3"], Drain(pending));
    }

    /// <summary>
    /// A log that drops repeats, as the server does, ends with each target's sends in the order of the calls, whatever
    /// answers are lost, whatever is held, and however often the socket changes.
    /// </summary>
    [Property(MaxTest = 300)]
    public Property Each_target_gets_its_sends_in_order() =>
        Prop.ForAll(Gen.Choose(0, 99).ListOf(60).ToArbitrary(), dice =>
        {
            var pending = new PendingSends(window: 2);
            var held = new Queue<PendingSend>();
            var sent = new List<(string To, string Id)>();
            var log = new List<(string To, string Id)>();
            var known = new HashSet<string>();
            var onTheWay = new List<PendingSend>();
            foreach (var die in dice.Concat(Enumerable.Repeat(50, 200)))
            {
                if (die < 30 && sent.Count < 40)
                {
                    var send = new PendingSend(sent.Count.ToString(), "u" + (die % 3), []);
                    sent.Add((send.Target, send.Id));
                    pending.TryAdd(send);
                }
                else if (die < 40)
                {
                    onTheWay.Clear();
                    pending.RepeatAll();
                }
                else if (onTheWay.Count > 0)
                {
                    var send = onTheWay[die % onTheWay.Count];
                    onTheWay.Remove(send);
                    if (die >= 90)
                    {
                        pending.Hold(send);
                        held.Enqueue(send);
                        continue;
                    }

                    if (known.Add(send.Id)) log.Add((send.Target, send.Id));
                    if (die < 80) pending.Remove(send);
                    else onTheWay.Add(send);
                }
                else if (held.TryDequeue(out var again))
                {
                    pending.Repeat(again);
                }

                while (pending.TryNext(out var next)) onTheWay.Add(next);
            }

            return pending.Count == 0 && log.GroupBy(entry => entry.To).All(
                group => group.Select(entry => entry.Id).SequenceEqual(
                    sent.Where(entry => entry.To == group.Key).Select(entry => entry.Id)));
        });

    private static void Add(PendingSends pending, string id, string to) =>
        Assert.True(pending.TryAdd(new PendingSend(id, to, [])));

    private static PendingSend Get(PendingSends pending, string id)
    {
        Assert.True(pending.TryGet(id, out var send));
        return send;
    }

    private static List<string> Drain(PendingSends pending)
    {
        var ids = new List<string>();
        while (pending.TryNext(out var send)) ids.Add(send.Id);
        return ids;
    }
}
