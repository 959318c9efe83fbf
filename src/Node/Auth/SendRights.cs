using System.Collections.Frozen;
using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Auth;

/// <summary>To whom a socket may send. All and none are one object each, whoever holds them.</summary>
public sealed class SendRights
{
    private readonly FrozenSet<UserId>? _users;

    private SendRights(FrozenSet<UserId>? users) => _users = users;

    public static SendRights All { get; } = new(null);

    public static SendRights None { get; } = new(FrozenSet<UserId>.Empty);

    /// <summary>What <c>Send:Allow</c> makes of a token's claim: <c>"*"</c>, an array of user ids, or one id.</summary>
    public static SendRights Of(string allow, JsonElement? claim) => allow switch
    {
        SendOptions.All => All,
        SendOptions.None => None,
        _ => OfClaim(claim),
    };

    public bool MaySendTo(UserId user) => _users is null || _users.Contains(user);

    private static SendRights OfClaim(JsonElement? claim)
    {
        var texts = claim switch
        {
            { ValueKind: JsonValueKind.String } one when one.ValueEquals("*") => null,
            { ValueKind: JsonValueKind.String } one => [one.GetString()],
            { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()).ToList(),
            _ => (List<string?>)[],
        };
        if (texts is null) return All;
        // An entry that is no user id names nobody.
        var users = texts.Select(text => UserId.TryParse(text, out var user) ? user : default).Where(user => user != default).ToFrozenSet();
        return users.Count == 0 ? None : new SendRights(users);
    }
}
