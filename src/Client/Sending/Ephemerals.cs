using AkkaSockets.Client.Connections;

namespace AkkaSockets.Client.Sending;

/// <summary>Ephemeral sends that wait for their answer: each on the one socket it was written to. Callers serialise.</summary>
internal sealed class Ephemerals
{
    private readonly Dictionary<string, (Connection On, TaskCompletionSource<int> Answer)> byId = [];

    public int Count => byId.Count;

    public Task<int> Add(string id, Connection on)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        byId.Add(id, (on, answer));
        return answer.Task;
    }

    public void Remove(string id) => byId.Remove(id);

    /// <summary>False when no ephemeral send has this id.</summary>
    public bool Answer(string id, int sockets)
    {
        if (!byId.Remove(id, out var pending)) return false;
        pending.Answer.TrySetResult(sockets);
        return true;
    }

    /// <summary>False when no ephemeral send has this id.</summary>
    public bool Fail(string id, Exception reason)
    {
        if (!byId.Remove(id, out var pending)) return false;
        pending.Answer.TrySetException(reason);
        return true;
    }

    /// <summary>Fails those written to <paramref name="lost"/>, or all when null.</summary>
    public void Lose(Connection? lost, Func<Exception> reason)
    {
        foreach (var (id, pending) in byId.ToArray())
        {
            if (lost is not null && pending.On != lost) continue;
            byId.Remove(id);
            pending.Answer.TrySetException(reason());
        }
    }
}
