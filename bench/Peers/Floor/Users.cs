using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace AkkaSockets.FloorPeer;

/// <summary>Who is connected, each with its sockets.</summary>
internal sealed class Users
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Client>> _clients = new(StringComparer.Ordinal);

    public ImmutableArray<Client> this[string user] => _clients.TryGetValue(user, out var clients) ? clients : [];

    public void Add(string user, Client client) => _clients.AddOrUpdate(user, static (_, added) => [added], static (_, clients, added) => clients.Add(added), client);

    public void Remove(string user, Client client)
    {
        while (_clients.TryGetValue(user, out var clients))
        {
            var left = clients.Remove(client);
            var isDone = left.IsEmpty ? _clients.TryRemove(KeyValuePair.Create(user, clients)) : _clients.TryUpdate(user, left, clients);
            if (isDone) return;
        }
    }
}
