using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Configuration;

public sealed class SettingsThatDependOnOthersSpec
{
    private const string NoSigningKey = "Auth:SigningKey is missing: it must be a key of at least 32 bytes where Auth:Development is false (openssl rand -base64 48 makes one).";
    private const string Authority = "an https URL without query and fragment (http in Development, or at a loopback address)";
    private const string NoKeys = "Api:Keys is missing: it must be a comma-separated list of the backends' keys outside Development (openssl rand -hex 24 makes one).";

    private const string RedisForm = "a StackExchange.Redis configuration string (host:port,password=…)";
    private const string NoSeeds = "Cluster:Seeds is missing: it must be a comma-separated list of host:port, the same on every member, or self for a node that stays alone, with Persistence:Provider redis outside Development.";

    /// <summary>Settings as <c>key=value</c>, separated by blanks, and the line they bring.</summary>
    public static TheoryData<string, string> Table => new()
    {
        { "Retention:Bytes=65535", "Retention:Bytes is '65535': it must be at least Limits:FrameBytes, which is 65536." },
        { "Limits:FrameBytes=262145", "Retention:Bytes is '262144': it must be at least Limits:FrameBytes, which is 262145." },
        { "Limits:SocketsPerUser=51", "Limits:SocketsPerUser is '51': it must be at most Limits:DevicesPerUser, which is 50." },
        { "Limits:DevicesPerUser=19", "Limits:SocketsPerUser is '20': it must be at most Limits:DevicesPerUser, which is 19." },
        { "Drain:NoticeMs=25000", "Drain:NoticeMs is '25000': it must be less than Drain:DeadlineMs, which is 25000." },
        { "Drain:NoticeMs=5000 Drain:DeadlineMs=4999", "Drain:NoticeMs is '5000': it must be less than Drain:DeadlineMs, which is 4999." },
        { "Auth:SigningKey=", NoSigningKey },
        { "Auth:SigningKey=1234567890123456789012345678901", "Auth:SigningKey is (hidden): it must be at least 32 bytes long, and has 31." },
        { "Auth:SigningKey=äääääääääääääääa", "Auth:SigningKey is (hidden): it must be at least 32 bytes long, and has 31." },
        { "Api:Keys=", NoKeys },
        { "Api:Keys=,,", NoKeys },
        { "Auth:SigningKey= Auth:Authority=https://a", "Auth:Audience is missing: it must be what the tokens' aud contains, where Auth:Authority is set." },
        { "Auth:SigningKey= Auth:Authority=login.example.com Auth:Audience=push", $"Auth:Authority is 'login.example.com': it must be {Authority}." },
        { "Auth:SigningKey= Auth:Authority=http://login.example.com Auth:Audience=push", $"Auth:Authority is 'http://login.example.com': it must be {Authority}." },
        { "Auth:SigningKey= Auth:Authority=https://me:pw@a Auth:Audience=push", $"Auth:Authority is 'https://me:pw@a': it must be {Authority}." },
        { "Auth:SigningKey= Auth:Authority=https://a/?b Auth:Audience=push", $"Auth:Authority is 'https://a/?b': it must be {Authority}." },
        { "Persistence:Redis=redis:6379,password=pw", "Persistence:Redis is (hidden): it must be empty with Persistence:Provider embedded." },
        { "Persistence:Provider=redis", "Persistence:Redis is missing: it must be a StackExchange.Redis configuration string (host:port,password=…) with Persistence:Provider redis." },
        { "Persistence:Provider=redis Persistence:Redis=redis:6379,pasword=pw", $"Persistence:Redis is (hidden): it must be {RedisForm}." },
        { "Persistence:Provider=redis Persistence:Redis=password=pw", $"Persistence:Redis is (hidden): it must be {RedisForm}." },
        { "Persistence:Provider=redis Persistence:Redis=redis:6379,connectTimeout=soon", $"Persistence:Redis is (hidden): it must be {RedisForm}." },
        { "Persistence:Provider=redis Persistence:Redis=redis:6379", NoSeeds },
        { "Cluster:Seeds=a:1", "Cluster:Seeds is 'a:1': it must be empty, self or 127.0.0.1:4054 with Persistence:Provider embedded, which serves one node only." },
        { "Cluster:Seeds=127.0.0.1:4053,127.0.0.1:4054", "Cluster:Seeds is '127.0.0.1:4053,127.0.0.1:4054': it must be empty, self or 127.0.0.1:4054 with Persistence:Provider embedded, which serves one node only." },
        { "Listen:Api=http://127.0.0.1:8080", "Listen:Api is 'http://127.0.0.1:8080': it must be another address than Listen:Clients." },
        { "Listen:Clients=https://LOCALHOST:1 Listen:Api=http://localhost:1/", "Listen:Api is 'http://localhost:1/': it must be another address than Listen:Clients." },
        { "Listen:Pbm=0.0.0.0:9110", "Pbm:Token is missing: it must be a secret where Listen:Pbm is not loopback, and that is '0.0.0.0:9110' (openssl rand -hex 24 makes one)." },
        { "Listen:Pbm=node-1:9110", "Pbm:Token is missing: it must be a secret where Listen:Pbm is not loopback, and that is 'node-1:9110' (openssl rand -hex 24 makes one)." },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Settings_that_do_not_go_together_are_told(string settings, string line) => Assert.Equal([line], Settings.FaultsOf(Parse(settings)));

    [Theory]
    [InlineData("Retention:Bytes=65536")]
    [InlineData("Limits:SocketsPerUser=50")]
    [InlineData("Drain:NoticeMs=24999")]
    [InlineData("Auth:SigningKey=ääääääääääääääää")]
    [InlineData("Auth:SigningKey= Auth:Authority=https://login.example.com/tenant/ Auth:Audience=push")]
    [InlineData("Auth:SigningKey= Auth:Authority=http://127.0.0.1:5000 Auth:Audience=push")]
    [InlineData("Listen:Clients=http://127.0.0.1:0 Listen:Api=http://127.0.0.1:0")]
    [InlineData("Listen:Clients=http://127.0.0.1:1 Listen:Api=http://127.0.0.2:1")]
    [InlineData("Listen:Pbm=0.0.0.0:9110 Pbm:Token=secret")]
    [InlineData("Listen:Pbm=localhost:9110")]
    [InlineData("Listen:Pbm=127.0.0.2:9110")]
    [InlineData("Listen:Pbm=[::1]:9110")]
    [InlineData("Cluster:Host=Node-1 Cluster:Port=1 Cluster:Seeds=node-1:1")]
    [InlineData("Persistence:Provider=redis Persistence:Redis=redis:6379,password=pw,ssl=true Cluster:Seeds=self")]
    [InlineData("Persistence:Provider=redis Persistence:Redis=a:1,b:2 Cluster:Seeds=lighthouse:4053,node-1:4054")]
    public void Settings_that_just_go_together_are_taken(string settings) => Settings.Read(Parse(settings)).Dispose();

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Outside_Development_a_node_needs_keys(string environment) => Assert.Equal([NoSigningKey, NoKeys], Settings.FaultsOfBare(environment));

    [Fact]
    public void In_Development_a_node_on_redis_is_a_cluster_of_its_own_unasked() =>
        Settings.ReadBare(Environments.Development, ("Persistence:Provider", "redis"), ("Persistence:Redis", "redis:6379")).Dispose();

    [Fact]
    public void In_Development_tokens_may_be_required_too() =>
        Assert.Equal([NoSigningKey], Settings.FaultsOfBare(Environments.Development, ("Auth:Development", "false")));

    [Fact]
    public void In_Development_an_authority_may_be_asked_in_the_clear() =>
        Settings.ReadBare(Environments.Development, ("Auth:Authority", "http://login:5000"), ("Auth:Audience", "push")).Dispose();

    [Fact]
    public void In_Development_a_key_is_as_long_as_elsewhere() =>
        Assert.Equal(["Auth:SigningKey is (hidden): it must be at least 32 bytes long, and has 5."], Settings.FaultsOfBare(Environments.Development, ("Auth:SigningKey", "short")));

    [Theory]
    [InlineData("", "")]
    [InlineData("self", "")]
    [InlineData("127.0.0.1:4054", "127.0.0.1:4054")]
    public void Seeds_are_a_list(string seeds, string list)
    {
        using var node = Settings.Read(("Cluster:Seeds", seeds));

        Assert.Equal(list, string.Join('|', Of<ClusterMemberOptions>(node).SeedList));
    }

    [Fact]
    public void Lists_are_split_at_commas()
    {
        using var node = Settings.Read(("Api:Keys", "one, two,,three"), ("Limits:Origins", "https://a,https://b"));

        Assert.Equal(["one", "two", "three"], Of<ApiOptions>(node).KeyList);
        Assert.Equal(["https://a", "https://b"], Of<LimitsOptions>(node).OriginList);
        Assert.Equal(["10.0.0.0/8", "fd00::/8"], new ProxyProtocolOptions { Trusted = "10.0.0.0/8, fd00::/8" }.TrustedList.Select(cidr => cidr.ToString()));
        Assert.Equal(["a:1", "b:2"], new ClusterMemberOptions { Seeds = "a:1, b:2" }.SeedList);
    }

    [Theory]
    [InlineData("node-1", "4055", "", "node-1:4055")]
    [InlineData("::1", "4055", "", "[::1]:4055")]
    [InlineData("node-1", "4055", "blue", "blue")]
    public void A_node_without_a_name_is_named_by_its_address(string host, string port, string name, string expected)
    {
        using var node = Settings.Read(("Cluster:Host", host), ("Cluster:Port", port), ("Cluster:NodeName", name));

        Assert.Equal(expected, Of<ClusterMemberOptions>(node).NodeName);
    }

    private static (string Key, string? Value)[] Parse(string settings) =>
        [.. settings.Split(' ').Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], (string?)pair[1]))];

    private static T Of<T>(IServiceProvider node)
        where T : class => node.GetRequiredService<IOptions<T>>().Value;
}
