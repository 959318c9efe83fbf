namespace AkkaSockets.Node.Tests.Configuration;

public sealed class WrongTextsSpec
{
    private const string ListenUrl = "an http or https URL with a host and a port and no path, as http://127.0.0.1:8080";
    private const string SocketUrl = "empty, or a ws:// or wss:// URL";
    private const string Seeds = "empty, self or a comma-separated list of host:port";
    private const string Origins = "empty, or a comma-separated list of origins, as https://app.example.com";
    private const string Cidrs = "empty, or a comma-separated list of CIDRs, as 10.0.0.0/8";
    private const string NodeName = "up to 128 characters without white space";

    public static TheoryData<string, string, string> Table
    {
        get
        {
            var table = new TheoryData<string, string, string>();
            Add("Listen:Clients", ListenUrl, "", "8080", "127.0.0.1:8080", "http://127.0.0.1", "http://:8080", "ftp://127.0.0.1:8080", "http://127.0.0.1:65536",
                "http://127.0.0.1:x", "http://127.0.0.1:8080/ws", "http://127.0.0.1:8080/?a=b", "http://127.0.0.1:8080;http://127.0.0.1:8082",
                "http://me@127.0.0.1:8080", " http://127.0.0.1:8080", "http://::1:8080", "http://a b:8080", "http://*:8080");
            Add("Listen:Api", ListenUrl, "", "http://127.0.0.1", "ws://127.0.0.1:8081", "http://127.0.0.1:8081/api");
            Add("Listen:Pbm", "host:port", "", "9110", ":9110", "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:-1", "http://127.0.0.1:9110", "::1:9110", "a b:1");
            Add("Cluster:Host", "a host name or an IP address", "", " ", "a b", "http://node", "node:4054", "node/1");
            Add("Cluster:Seeds", Seeds, "a", "a:0", "a:65536", "a:1,b", "self,a:1", "akka.tcp://akkasockets@a:1", "a:1;b:2");
            Add("Cluster:Detection", "steady or quick", "", "fast", "5 s");
            Add("Cluster:NodeName", NodeName, " ", "node 1", "node\t1", new string('n', 129));
            Add("Persistence:Provider", "embedded or redis", "", "sqlite", "Embeded");
            Add("Persistence:Path", "a folder", "", "  ");
            Add("Auth:Authority", "empty where Auth:SigningKey is set: tokens are signed by one of the two", "https://login.example.com", "x");
            Add("Auth:Development", "true or false", "", "yes", "1");
            Add("Auth:Development", "false outside the Development environment", "true");
            Add("Gateway:Url", SocketUrl, "push.example.com", "https://push.example.com/ws", "wss:", "wss://", "/ws", "wss://a/ws#x", "wss://me:pw@a/ws", " wss://a/ws", "wss://a/w s");
            Add("Gateway:AdvertiseUrl", SocketUrl, "10.0.0.7:8080", "http://10.0.0.7:8080/ws");
            Add("Limits:Origins", Origins, "app.example.com", "*", "null", "https://app.example.com/", "https://app.example.com/x", "https://a.example.com,b",
                "https://me@a.example.com", "https://*.example.com", "https://");
            Add("Send:Allow", "all, claim or none", "", "everyone", "*", "all,none");
            Add("ProxyProtocol:Trusted", Cidrs, "10.0.0.0", "10.0.0.0/33", "10.0.0.0/8,x", "lb.example.com", "all");
            return table;

            void Add(string key, string allowed, params string[] values)
            {
                foreach (var value in values) table.Add(key, value, allowed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_wrong_text_is_told_with_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var shown = value.Length > 200 ? value[..200] + "…" : value.Replace("\t", "\\u0009", StringComparison.Ordinal);

        Assert.Equal($"{key} is '{shown}': it must be {allowed}.", Assert.Single(Settings.FaultsOf((key, value))));
    }

    [Theory]
    [InlineData("Listen:Clients", "https://0.0.0.0:443")]
    [InlineData("Listen:Clients", "HTTP://localhost:0/")]
    [InlineData("Listen:Api", "http://[::1]:8081")]
    [InlineData("Listen:Pbm", "[::1]:9110")]
    [InlineData("Cluster:Host", "node-1.example.com")]
    [InlineData("Cluster:Host", "::1")]
    [InlineData("Cluster:Seeds", "self")]
    [InlineData("Cluster:Seeds", " SELF ")]
    [InlineData("Cluster:Seeds", "127.0.0.1:4054")]
    [InlineData("Cluster:NodeName", "pod-0")]
    [InlineData("Cluster:Detection", "Quick")]
    [InlineData("Persistence:Provider", "Embedded")]
    [InlineData("Persistence:Path", "/var/lib/akkasockets")]
    [InlineData("Auth:Audience", "https://push.example.com")]
    [InlineData("Auth:Development", "FALSE")]
    [InlineData("Gateway:Url", "wss://push.example.com/ws?region=eu")]
    [InlineData("Gateway:AdvertiseUrl", "ws://[fd00::7]:8080/ws")]
    [InlineData("Limits:Origins", "https://app.example.com, http://localhost:3000,capacitor://localhost")]
    [InlineData("Send:Allow", "NONE")]
    public void A_right_text_is_taken(string key, string value)
    {
        using var node = Settings.Read((key, value));
        Assert.Contains(key, Settings.Masked(node).Keys);
    }
}
