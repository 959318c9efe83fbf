using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace AkkaSockets.Messages.Ids;

/// <summary>One of the cluster's S shards, 0 to S − 1.</summary>
public readonly record struct ShardId(int Value)
{
    /// <summary>
    /// The shard of a user: XxHash3 of the id's UTF-8 bytes, modulo <paramref name="shards"/>. The same on every machine and in
    /// every version: changing it would move every user of a living cluster.
    /// </summary>
    public static ShardId Of(UserId user, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        Span<byte> utf8 = stackalloc byte[UserId.MaxLength * 3];
        var length = Encoding.UTF8.GetBytes(user.Value, utf8);
        return new ShardId((int)(XxHash3.HashToUInt64(utf8[..length]) % (ulong)shards));
    }

    /// <summary>The name that Akka.Cluster.Sharding knows the shard by.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
