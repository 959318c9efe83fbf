using System.Collections.Concurrent;
using AkkaSockets.Client;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Who sent what to whom, what was acknowledged, and what arrived. Safe from any thread.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<(string From, string To), int> _begun = [];
    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Id, long Seq)>> _received = [];

    public int Acknowledged => _acknowledged.Count;

    public int Begun => _begun.Values.Sum();

    /// <summary>The id of the next message from one to the other; the numbers of a pair grow by one.</summary>
    public string Begin(string from, string to) => $"{from}>{to}#{_begun.AddOrUpdate((from, to), 1, (_, number) => number + 1)}";

    public void Acknowledge(string id, string to) => _acknowledged[id] = to;

    public void Receive(string receiver, ReceivedMessage message) => Receive(receiver, message.Id!, message.Seq!.Value);

    public void Receive(string receiver, string id, long seq) => _received.GetOrAdd(receiver, _ => []).Enqueue((id, seq));

    /// <summary>How many messages have come to a user.</summary>
    public int CountOf(string receiver) => _received.TryGetValue(receiver, out var messages) ? messages.Count : 0;

    /// <summary>Acknowledged messages that have not arrived.</summary>
    public IReadOnlyList<string> Missing()
    {
        var arrived = _received.Values.SelectMany(messages => messages.Select(message => message.Id)).ToHashSet();
        return [.. _acknowledged.Keys.Where(id => !arrived.Contains(id))];
    }

    /// <summary>Nothing acknowledged is missing; nothing came twice, out of order, to the wrong one or from nowhere.</summary>
    public void Check()
    {
        Assert.Empty(Missing());
        foreach (var (receiver, messages) in _received)
        {
            Assert.Equal(Enumerable.Range(1, messages.Count).Select(seq => (long)seq), messages.Select(message => message.Seq));
            foreach (var pair in messages.Select(message => Parse(message.Id)).GroupBy(id => id.From))
            {
                Assert.All(pair, id => Assert.Equal(receiver, id.To));
                var numbers = pair.Select(id => id.Number).ToList();
                Assert.Equal(numbers.Distinct().Order(), numbers);
                Assert.InRange(numbers[^1], 1, _begun[(pair.Key, receiver)]);
            }
        }
    }

    private static (string From, string To, int Number) Parse(string id)
    {
        var parts = id.Split('>', '#');
        return (parts[0], parts[1], int.Parse(parts[2]));
    }
}
