using AkkaSockets.Persistence.Redis.Connections;
using AkkaSockets.Persistence.Redis.Scripts;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>
/// Gathers what is to be appended until there is enough for a call, or until the journal has worked through its mailbox. Nothing
/// waits for a clock or for an earlier call's answer: an idle journal sends one event at once, a busy one sends many together.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="sendSoon">Has <see cref="SendDue"/> called after what the journal was told by now.</param>
internal sealed class AppendQueue(RedisStore store, Action sendSoon)
{
    // The journal alone uses this, but its breaker does not promise on which thread.
    private readonly Lock _gate = new();
    private List<PendingAppend> _waiting = [];
    private bool _due;

    /// <summary>Appends events to a log.</summary>
    /// <returns>
    /// Fails with <see cref="SecondWriterException"/> if the log ends elsewhere, with <see cref="RedisStoreException"/> if Redis
    /// could not be reached or refused, with <see cref="RedisPolicyException"/> if the server could drop keys.
    /// </returns>
    public Task Add(Append append)
    {
        var pending = new PendingAppend(append);
        bool full, due;
        lock (_gate)
        {
            _waiting.Add(pending);
            full = _waiting.Count >= AppendGroup.MostAppends;
            due = _due;
            _due = true;
        }
        if (!due) sendSoon();
        // While Redis works on these, the journal gathers the next: a mailbox of thousands must not keep it idle until its end.
        if (full) Send();
        return pending.Done;
    }

    /// <summary>The journal has come to what <c>sendSoon</c> asked for.</summary>
    public void SendDue()
    {
        lock (_gate) _due = false;
        Send();
    }

    /// <summary>Sends what waits. Whatever is asked of Redis after this call sees it, once there is a connection.</summary>
    public void Send()
    {
        List<PendingAppend> waiting;
        lock (_gate)
        {
            if (_waiting.Count == 0) return;
            waiting = _waiting;
            _waiting = new List<PendingAppend>(waiting.Count);
        }
        _ = SendAsync(waiting);
    }

    private async Task SendAsync(List<PendingAppend> waiting)
    {
        RedisStore.Opened opened;
        try
        {
            opened = await store.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            foreach (var pending in waiting) pending.Fail(e, store);
            return;
        }
        var group = new AppendGroup();
        foreach (var pending in waiting)
        {
            // The keys of two logs are on two nodes of a Redis Cluster as a rule, and a script must stay on one.
            if (opened.Keys.IsCluster ? group.Appends.Count > 0 : !group.Takes(pending.Append))
            {
                _ = RunAsync(opened, group);
                group = new AppendGroup();
            }
            group.Add(pending);
        }
        _ = RunAsync(opened, group);
    }

    private async Task RunAsync(RedisStore.Opened opened, AppendGroup group)
    {
        string?[]? answers;
        try
        {
            answers = (string?[]?)await RedisScript.Append.RunAsync(
                opened.Database, group.Keys(opened.Keys), group.Arguments()).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            foreach (var pending in group.Appends) pending.Fail(e, store);
            return;
        }
        for (var i = 0; i < group.Appends.Count; i++) group.Appends[i].Settle(answers?.ElementAtOrDefault(i), store);
    }
}
