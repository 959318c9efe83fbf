using System.Text;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Micro;

/// <summary>What the benchmarks are given: ids as long as those that clients make, and data of a length.</summary>
internal static class Given
{
    public static readonly UserId Alice = UserId.Parse("alice-0001");
    public static readonly UserId Bob = UserId.Parse("bob-0002");
    public static readonly DeviceId Phone = DeviceId.Parse("phone");
    public static readonly MessageId Id = MessageId.Parse("0198c2a4-7d3b-7c11-9f02-5b6c1a2e3d4f");
    public static readonly SocketId Socket = new(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
    public static readonly SocketInfo SocketInfo = new(Socket, Phone, 638_000_000_000_000_000, "node-a:4054", "10.0.0.7:50001");
    public static readonly Publication Publication = new(1_790_000_000_000_123);

    /// <summary>Unix ms.</summary>
    public const long Now = 1_790_000_000_000;

    /// <summary>A JSON string of so many bytes, its quotes counted.</summary>
    public static JsonData Data(int bytes) => JsonData.FromString($"\"{new string('x', bytes - 2)}\"");

    public static LogMessage Message(long seq, int bytes) => new(seq, Id, Bob, Now, Data(bytes));

    public static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
