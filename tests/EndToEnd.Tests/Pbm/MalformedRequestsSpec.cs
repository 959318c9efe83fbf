using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AkkaSockets.EndToEnd.Tests.Harness;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>What no pbm sends, sent to the port that listens to it: it is told as an error or ends, and the next client is served.</summary>
public sealed class MalformedRequestsSpec(MalformedRequestsSpec.Shared shared) : IClassFixture<MalformedRequestsSpec.Shared>
{
    private const string Describe = "/akkasockets.admin.v1.Admin/Describe";
    private const string Run = "/akkasockets.admin.v1.Admin/Run";
    private const string Grpc = "application/grpc";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public sealed class Shared() : SharedNode(("Cluster:NodeName", "node-1"));

    [Theory]
    [InlineData("nothing at all", Describe, "")]
    [InlineData("half a prefix", Describe, "000000")]
    [InlineData("a length of more than comes", Describe, "00000000640801")]
    [InlineData("a length that nobody may send", Run, "00ffffffff0801")]
    [InlineData("two messages where one belongs", Describe, "00000000000000000000")]
    [InlineData("compressed, and not said how", Describe, "010000000100")]
    [InlineData("compressed, and it is not", Describe, "0100000008ffffffffffffffff", "gzip")]
    [InlineData("compressed as nobody can", Describe, "010000000100", "nonsense")]
    [InlineData("a flag that there is not", Describe, "7f00000000")]
    [InlineData("a field that is cut off", Run, "00000000040a640102")]
    [InlineData("a length below zero", Run, "000000000b0affffffffffffffffff01")]
    [InlineData("a name that is no UTF-8", Run, "00000000040a02ffff")]
    [InlineData("a group that does not end", Run, "00000000010b")]
    public async Task A_broken_message_is_told_as_an_error(string what, string path, string body, string? encoding = null)
    {
        using var http = Http2();
        using var request = Request(HttpMethod.Post, path, new ByteArrayContent(Convert.FromHexString(body)), Grpc);
        if (encoding is not null) request.Headers.Add("grpc-encoding", encoding);

        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // UNKNOWN, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED and INTERNAL: which of them is the library's choice.
        Assert.True(StatusOf(answer) is 2 or 3 or 8 or 12 or 13, $"{what}: {StatusOf(answer)}");
        await OthersAreServedAsync();
    }

    public static TheoryData<string, string, string?, HttpStatusCode[]> Requests => new()
    {
        { "POST", Describe, "text/plain", [HttpStatusCode.UnsupportedMediaType] },
        { "POST", Describe, "application/json", [HttpStatusCode.UnsupportedMediaType] },
        { "POST", Describe, "application/grpc-web", [HttpStatusCode.UnsupportedMediaType] },
        { "POST", Describe, null, [HttpStatusCode.UnsupportedMediaType] },
        { "GET", Describe, null, [HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.UnsupportedMediaType] },
        { "PUT", Run, Grpc, [HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound] },
        { "POST", "/", "text/plain", [HttpStatusCode.NotFound] },
        { "POST", "/api/users/alice/messages", "application/json", [HttpStatusCode.NotFound] },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task What_is_no_gRPC_is_refused(string method, string path, string? contentType, HttpStatusCode[] statuses)
    {
        using var http = Http2();
        using var request = Request(new HttpMethod(method), path, method == "GET" ? null : new ByteArrayContent([0, 0, 0, 0, 0]), contentType);

        using var answer = await http.SendAsync(request);

        Assert.Contains(answer.StatusCode, statuses);
        await OthersAreServedAsync();
    }

    [Theory]
    [InlineData("/akkasockets.admin.v1.Admin/Nonsense")]
    [InlineData("/akkasockets.admin.v2.Admin/Describe")]
    [InlineData("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    [InlineData("/Describe")]
    public async Task A_method_that_there_is_not_is_told_as_that(string path)
    {
        using var http = Http2();
        using var request = Request(HttpMethod.Post, path, new ByteArrayContent([0, 0, 0, 0, 0]), Grpc);

        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();

        // gRPC's UNIMPLEMENTED, which a client also makes of a 404.
        Assert.True(answer.StatusCode == HttpStatusCode.NotFound || (answer.StatusCode == HttpStatusCode.OK && StatusOf(answer) == 12), $"{answer.StatusCode}, {StatusOf(answer)}");
        await OthersAreServedAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /akkasockets.admin.v1.Admin/Describe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/grpc\r\nContent-Length: 5\r\n\r\n\0\0\0\0\0")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")]
    [InlineData("nonsense, and more of it than a preface has\n")]
    public async Task What_is_not_HTTP2_is_ended(string bytes) => Assert.DoesNotContain("200 OK", await SendAsync(bytes), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HTTP/2.0\r\n")]
    // A TLS client's greeting, as far as it fits where a preface is waited for.
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001")]
    public async Task What_never_becomes_a_request_is_ended(string bytes) => Assert.Empty(await SendAsync(bytes, TimeSpan.FromSeconds(60)));

    [Theory]
    // A frame longer than was agreed on (FRAME_SIZE_ERROR).
    [InlineData("\u00ff\u00ff\u00ff\u0000\u0000\u0000\u0000\u0000\u0000")]
    // DATA on a stream that was never opened (STREAM_CLOSED or PROTOCOL_ERROR).
    [InlineData("\u0000\u0000\u0005\u0000\u0001\u0000\u0000\u0000\u0001\0\0\0\0\0")]
    // HEADERS on a stream of even number, which are the server's (PROTOCOL_ERROR).
    [InlineData("\u0000\u0000\u0001\u0001\u0004\u0000\u0000\u0000\u0002\u0082")]
    // Headers that are no HPACK (COMPRESSION_ERROR).
    [InlineData("\u0000\u0000\u0002\u0001\u0004\u0000\u0000\u0000\u0001\u00ff\u00ff")]
    // WINDOW_UPDATE by nothing (PROTOCOL_ERROR).
    [InlineData("\u0000\u0000\u0004\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000")]
    public async Task What_breaks_HTTP2_is_told_why_and_ended(string frame)
    {
        var answer = await SendAsync($"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000{frame}");

        // GOAWAY, on stream 0 (RFC 9113 §6.8).
        Assert.Matches("\u0007[\u0000-\u00ff]\u0000\u0000\u0000\u0000", answer);
    }

    /// <summary>What was answered until the connection ended.</summary>
    private async Task<string> SendAsync(string bytes, TimeSpan? within = null)
    {
        await using var connection = await RawConnection.OpenAsync(new Uri($"http://{shared.Node["Listen:Pbm"]}"));
        await connection.WriteAsync(Encoding.Latin1.GetBytes(bytes));

        var answer = Encoding.Latin1.GetString(await connection.ReadToEndAsync(within ?? Patience));

        await OthersAreServedAsync();
        return answer;
    }

    private async Task OthersAreServedAsync()
    {
        using var client = new AdminCaller(shared.Node);
        Assert.Equal("node-1", await client.DescribeAsync());
    }

    private HttpClient Http2() => new()
    {
        BaseAddress = new Uri($"http://{shared.Node["Listen:Pbm"]}"),
        Timeout = Patience,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content, string? contentType)
    {
        if (content is not null && contentType is not null) content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return new HttpRequestMessage(method, path) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    /// <summary>In the trailers, or in the headers where there is nothing else.</summary>
    private static int StatusOf(HttpResponseMessage answer)
    {
        if (!answer.TrailingHeaders.TryGetValues("grpc-status", out var values) && !answer.Headers.TryGetValues("grpc-status", out values)) return -1;
        return int.Parse(values.Single());
    }
}
