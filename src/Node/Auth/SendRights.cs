using System.Collections.Frozen;
using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Auth;

/// <summary>To whom a socket may send. All and none are one object each, whoever holds them.</summary>
public sealed class SendRights
{
    private const string Everybody = "*";

    private readonly FrozenSet<UserId>? _users;

    private SendRights(FrozenSet<UserId>? users) => _users = users;

    public static SendRights All { get; } = new(null);

    public static SendRights None { get; } = new(FrozenSet<UserId>.Empty);

    /// <summary>
    /// What <c>Send:Allow</c> makes of a token's claim <c>send</c>: <c>"*"</c>, an array of user ids, or one id; null where there is no
    /// such claim, or no token.
    /// </summary>
    public static SendRights Of(string allow, JsonElement? claim) => allow switch
    {
        SendOptions.All => All,
        SendOptions.Claim when claim is { } given => OfClaim(given),
        _ => None,
    };

    public bool MaySendTo(UserId user) => _users is null || _users.Contains(user);

    private static SendRights OfClaim(JsonElement claim)
    {
        if (TokenClaims.TextOf(claim) == Everybody) return All;
        IEnumerable<JsonElement> entries = claim.ValueKind == JsonValueKind.Array ? claim.EnumerateArray() : [claim];
        // An entry that is no user id names nobody.
        var users = entries.Select(entry => UserId.TryParse(TokenClaims.TextOf(entry), out var user) ? user : default).Where(user => user != default).ToFrozenSet();
        return users.Count == 0 ? None : new SendRights(users);
    }
}
