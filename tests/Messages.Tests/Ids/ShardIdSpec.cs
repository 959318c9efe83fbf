using AkkaSockets.Messages.Ids;
using FsCheck;
using FsCheck.Xunit;

namespace AkkaSockets.Messages.Tests.Ids;

public sealed class ShardIdSpec
{
    /// <summary>Frozen: another value moves every user of a living cluster.</summary>
    [Theory]
    [InlineData("a", 256, 31)]
    [InlineData("alice", 256, 176)]
    [InlineData("alice", 1000, 80)]
    [InlineData("bob", 256, 229)]
    [InlineData("bob", 7, 4)]
    [InlineData("user-0", 256, 224)]
    [InlineData("user-999999", 256, 199)]
    [InlineData("é", 256, 179)]
    [InlineData("漢字", 256, 129)]
    [InlineData("😀", 256, 142)]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82", 256, 193)]
    [InlineData("0198c2d4-7b1e-7c55-9e3f-0123456789ab", 256, 227)]
    public void The_shard_of_a_user_never_changes(string user, int shards, int shard) => Assert.Equal(shard, ShardId.Of(UserId.Parse(user), shards).Value);

    [Fact]
    public void The_longest_ids_have_a_shard()
    {
        Assert.Equal(23, ShardId.Of(UserId.Parse(new string('x', 128)), 256).Value);
        Assert.Equal(195, ShardId.Of(UserId.Parse(new string('漢', 128)), 256).Value);
        Assert.Equal(80, ShardId.Of(UserId.Parse(string.Concat(Enumerable.Repeat("😀", 64))), 256).Value);
    }

    [Property]
    public void A_shard_is_one_of_the_clusters(Guid user, PositiveInt shards) =>
        Assert.InRange(ShardId.Of(UserId.Parse($"{user}"), shards.Get).Value, 0, shards.Get - 1);

    [Theory]
    [InlineData("user-{0}")]
    [InlineData("{0}")]
    [InlineData("{0}@example.org")]
    public void Users_whose_names_are_alike_spread_evenly(string form)
    {
        const int Shards = 256, Users = 256 * 400;
        var counts = new int[Shards];
        for (var i = 0; i < Users; i++) counts[ShardId.Of(UserId.Parse(string.Format(null, form, i)), Shards).Value]++;
        // χ² with 255 degrees of freedom: mean 255, standard deviation 22.6; five of those above.
        const double Expected = (double)Users / Shards;
        Assert.InRange(counts.Sum(n => (n - Expected) * (n - Expected) / Expected), 255 - (5 * 22.6), 255 + (5 * 22.6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_shards_are_no_cluster(int shards) => Assert.Throws<ArgumentOutOfRangeException>(() => ShardId.Of(UserId.Parse("a"), shards));

    [Fact]
    public void Its_text_is_its_number() => Assert.Equal("255", new ShardId(255).ToString());
}
