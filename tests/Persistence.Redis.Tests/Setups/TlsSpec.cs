using AkkaSockets.Persistence.Redis.Tests.Servers;

namespace AkkaSockets.Persistence.Redis.Tests.Setups;

/// <summary>Redis behind TLS, with a certificate of a private issuer.</summary>
public sealed class TlsSpec
{
    [RedisFact]
    public async Task Logs_are_written_and_recovered_where_the_issuer_is_trusted()
    {
        using var certificates = new Certificates();
        await using var redis = await RedisServer.StartAsync(certificates.Arguments);
        await using var systems = new Systems();
        var connectionString = $"{redis.ConnectionString},ssl=true";
        var ledger = new LedgerClient(
            systems.Start("", setup: new RedisPersistenceSetup(connectionString, o => o.TrustIssuer(certificates.Issuer))), "p");
        await ledger.AddAsync("a");
        await ledger.SaveAsync();
        await ledger.AddAsync("b");
        await ledger.ForgetAsync();
        Assert.Equal(["a", "b"], await ledger.ReadAsync());

        var report = Assert.Single(await RedisServerCheck.RunAsync(connectionString, configure: o => o.TrustIssuer(certificates.Issuer)));
        Assert.Null(report.Refusal);
    }

    [RedisFact]
    public async Task A_certificate_of_an_unknown_issuer_is_not_trusted()
    {
        using var certificates = new Certificates();
        await using var redis = await RedisServer.StartAsync(certificates.Arguments);
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{redis.ConnectionString},ssl=true{Patience.Short}");
        Assert.Contains("UntrustedRoot", (await ledger.FailsForAsync(RedisFailureReason.Unauthorized)).Message);
        await Assert.ThrowsAsync<RedisStoreException>(() => RedisServerCheck.RunAsync($"{redis.ConnectionString}{Patience.Short},ssl=true"));
    }
}
