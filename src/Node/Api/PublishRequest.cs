using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Api;

/// <summary>One message to publish. <paramref name="Id"/> is none only for an ephemeral message.</summary>
public readonly record struct PublishRequest(UserId User, MessageId Id, JsonData Data, bool Ephemeral);
