using System.Globalization;
using Akka.Actor;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>One message whose encoding is frozen; its name stands in golden-bytes.txt.</summary>
public sealed record Sample(string Name, IClusterMessage Message);

/// <summary>
/// Two of each message: "full" has all it can have, each number another; "bare" has nothing that it can be without. Never changed:
/// a new field gets a new sample.
/// </summary>
internal static partial class Samples
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly UserId Bob = UserId.Parse("bob-é漢😀");
    private static readonly DeviceId Phone = DeviceId.Parse("phone");
    private static readonly DeviceId Tablet = DeviceId.Parse("~tablet");
    private static readonly MessageId Id = MessageId.Parse("0198c2-17");
    private static readonly SocketId Socket = new(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff", CultureInfo.InvariantCulture));
    private static readonly JsonData Data = JsonData.FromString("""{"a": [1, "é"]}""");
    private static readonly SocketInfo SocketInfo = new(Socket, Phone, 638_000_000_000_000_000, "node-a:4054", "10.0.0.7:50001");
    private static readonly LogMessage Full = new(42, Id, Bob, 1_790_000_000_000, Data);
    private static readonly LogMessage Bare = new(0, default, null, 0, default);
    private static readonly Cursor PhoneCursor = new(Phone, 41, 1_790_000_000_001);
    private static readonly Publication Publication = new(1_790_000_000_000_123, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static readonly Upkeep Upkeep = new(12, [PhoneCursor, new Cursor(Tablet, 0, 0)], [Tablet, Phone]);
    private static readonly Upkeep NoUpkeep = new(0, [], []);

    public static IReadOnlyList<Sample> All(ActorSystem system) => [.. Commands(system), .. Replies(), .. ToHandlers(), .. Hearing(), .. BetweenNodes(), .. Admin(system), .. Stored()];
}
