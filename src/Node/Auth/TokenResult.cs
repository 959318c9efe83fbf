using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Auth;

/// <summary>Whose token it is, until when (before the year 9999, so that a grace can be added), and whom it lets them send to.</summary>
public sealed record TokenIdentity(UserId User, DateTimeOffset ExpiresAt, SendRights Rights);

/// <summary>An identity, or why there is none: the end of the sentence "the token was refused: …", with no part of the token in it.</summary>
public sealed record TokenResult(TokenIdentity? Identity, string? Refusal)
{
    /// <summary>The token may be good: it can't be checked now, and may be in this time. Null where the answer is final.</summary>
    public TimeSpan? AskAgainAfter { get; init; }
}
