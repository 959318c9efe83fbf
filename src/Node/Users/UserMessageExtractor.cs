using Akka.Cluster.Sharding;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Users;

/// <summary>Finds a command's user and the user's shard.</summary>
internal sealed class UserMessageExtractor(int shards) : IMessageExtractor
{
    // Each message asks for one, and .NET itself keeps only the first 300.
    private readonly string[] _names = [.. Enumerable.Range(0, shards).Select(shard => new Messages.Ids.ShardId(shard).ToString())];

    public string? EntityId(object message) => message is IWithUserId command ? command.User.Value : null;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => message is IWithUserId command ? ShardOf(command.User) : null;

    public string ShardId(string entityId, object? messageHint = null) => ShardOf(UserId.Parse(entityId));

    private string ShardOf(UserId user) => _names[Messages.Ids.ShardId.Of(user, shards).Value];
}
