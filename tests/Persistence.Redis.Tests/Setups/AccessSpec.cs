using AkkaSockets.Persistence.Redis.Tests.Servers;

namespace AkkaSockets.Persistence.Redis.Tests.Setups;

/// <summary>Redis that asks for a password, or gives a user only what this package needs.</summary>
public sealed class AccessSpec
{
    /// <summary>The rules that the README names.</summary>
    public static readonly string[] Rules =
    [
        "resetkeys", "~journal:persisted:*", "~snapshot:*", "-@all", "+get", "+mget", "+set", "+mset", "+zadd", "+zcount", "+zrange", "+zrangebyscore", "+zrem",
        "+zremrangebyscore", "+zrevrange", "+zrevrangebyscore", "+eval", "+evalsha", "+ping", "+echo", "+info", "+config|get", "+client",
    ];

    [RedisFact]
    public async Task A_password_is_presented_and_a_wrong_one_told_without_being_shown()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "right-secret");
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{redis.ConnectionString},password=right-secret");
        await ledger.AddAsync("a");
        await ledger.ForgetAsync();
        Assert.Equal(["a"], await ledger.ReadAsync());

        foreach (var options in new[] { ",password=wrong-secret", "" })
        {
            var refused = await systems.Ledger($"{redis.ConnectionString}{options}{Patience.Short}").FailsForAsync(RedisFailureReason.Unauthorized);
            Assert.DoesNotContain("wrong-secret", refused.ToString());
        }
    }

    [RedisFact]
    public async Task A_user_with_the_least_permissions_is_enough()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.ExecuteAsync("ACL", ["SETUSER", "events", "on", ">secret", .. Rules]);
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{redis.ConnectionString},user=events,password=secret");
        await ledger.AddAsync("a", "b");
        await ledger.SaveAsync();
        await ledger.DeleteAsync();
        await ledger.AddAsync("c");
        await ledger.ForgetAsync();
        Assert.Equal(["a", "b", "c"], await ledger.ReadAsync());
        Assert.Empty(Assert.Single(await RedisServerCheck.RunAsync($"{redis.ConnectionString},user=events,password=secret")).Warnings);
        Assert.DoesNotContain("journal", await redis.AskAsync("ACL", "LOG"));
    }

    [RedisFact]
    public async Task A_permission_that_is_taken_away_fails_writes_until_it_is_given_back()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.ExecuteAsync("ACL", ["SETUSER", "events", "on", ">secret", .. Rules]);
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{redis.ConnectionString},user=events,password=secret");
        await ledger.AddAsync("a");
        await redis.ExecuteAsync("ACL", "SETUSER", "events", "-zadd");
        Assert.Equal(RedisFailureReason.Unauthorized, (await Assert.ThrowsAsync<RedisStoreException>(() => ledger.AddAsync("b"))).Reason);
        Assert.Equal(["a"], await ledger.ReadAsync());
        await redis.ExecuteAsync("ACL", "SETUSER", "events", "+zadd");
        await ledger.AddAsync("b");
    }
}
