using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Api;

/// <summary>Whatever the body, the server says what is wrong with it, and not that something is wrong with the server.</summary>
public sealed class AnyBodySpec(AnyBodySpec.Host fixture) : IClassFixture<AnyBodySpec.Host>
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\n", "\r\n", " ", "\\", "\\ud800", "\\u0000", "\"user\"", "\"data\"", "\"id\"", "\"ephemeral\"", "\"a\"", "\"\\ud800\"",
        "null", "true", "1", "1e999", "-", "{\"user\":\"a\",\"data\":1}", "{\"user\":\"b\",\"data\":[1],\"ephemeral\":true}", "\u00FC", "\uFEFF", "/*", "//",
    ];

    private static readonly string[] MediaTypes = ["application/json", "application/x-ndjson", "text/plain", "text/plain;charset=utf-16", "nonsense", ""];

    [Property(MaxTest = 300)]
    public Property No_body_makes_the_server_fail() =>
        Prop.ForAll(Bodies().ToArbitrary(), Gen.Elements(MediaTypes).ToArbitrary(), (body, mediaType) =>
        {
            foreach (var path in new[] { "/api/users/alice/messages", "/api/messages" })
            {
                var (status, text) = PostAsync(path, body, mediaType).GetAwaiter().GetResult();
                if ((int)status >= 500 || text.Contains("server-fault", StringComparison.Ordinal)) return false;
            }
            return true;
        });

    private static Gen<byte[]> Bodies() => Gen.OneOf(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))),
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes($"{{\"user\":\"a\",\"data\":{string.Concat(pieces)}}}")),
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes($"{{\"data\":1,{string.Concat(pieces)}}}")));

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, byte[] body, string mediaType)
    {
        var content = new ByteArrayContent(body);
        if (mediaType.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        using var response = await fixture.Api.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public sealed class Host : IAsyncLifetime
    {
        private ApiHost _host = null!;

        public HttpClient Api => _host.Api;

        public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

        public async Task DisposeAsync() => await _host.DisposeAsync();
    }
}
