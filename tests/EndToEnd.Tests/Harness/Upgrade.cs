namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>An opening handshake as text (RFC 6455 §4.1), to be sent as it is or broken first.</summary>
internal sealed record Upgrade(string Query = "")
{
    /// <summary>The example key of RFC 6455 §1.3.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>What §1.3 says must be answered to <see cref="Key"/>.</summary>
    public const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private readonly List<(string Name, string Value)> _headers =
    [
        ("Host", "localhost"), ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", Key),
    ];

    public string Method { get; init; } = "GET";

    public string Body { get; init; } = "";

    /// <summary>Sets a header, or adds it.</summary>
    public Upgrade With(string name, string value)
    {
        Without(name);
        return And(name, value);
    }

    /// <summary>Adds a header, again if it is there.</summary>
    public Upgrade And(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    public Upgrade Without(string name)
    {
        _headers.RemoveAll(header => header.Name == name);
        return this;
    }

    /// <summary>Makes it one that the node leaves to its HTTP server: a field that is in order, and not plain ASCII (RFC 9110 §5.5, obs-text). To be written as Latin-1: it is UTF-8 then.</summary>
    public Upgrade LeftToTheServer()
    {
        var other = new Upgrade(Query) { Method = Method, Body = Body };
        other._headers.Clear();
        other._headers.AddRange(_headers);
        return other.And("X-Name", "\u00c3\u00a9");
    }

    public Upgrade WithToken(string token) => With("Authorization", $"Bearer {token}");

    public override string ToString() =>
        $"{Method} /ws{Query} HTTP/1.1\r\n{string.Concat(_headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n{Body}";
}
