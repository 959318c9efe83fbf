using Akka.Cluster.Sharding;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Users;

/// <summary>Finds a command's user and the user's shard.</summary>
internal sealed class UserMessageExtractor(int shards) : IMessageExtractor
{
    public string? EntityId(object message) => message is IWithUserId command ? command.User.Value : null;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => message is IWithUserId command ? ShardOf(command.User) : null;

    public string ShardId(string entityId, object? messageHint = null) => ShardOf(UserId.Parse(entityId));

    private string ShardOf(UserId user) => Messages.Ids.ShardId.Of(user, shards).ToString();
}
