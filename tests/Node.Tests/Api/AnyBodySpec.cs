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

    private static readonly string[] Names = ["\"user\"", "\"data\"", "\"id\"", "\"ephemeral\"", "\"\\ud800xyz\"", "\"\\u0069d\"", "\"\""];

    private static readonly string[] Values =
    [
        "\"a\"", "\"\"", "\"a b\"", "\"\\ud800\"", "\"\\u0000\"", "null", "true", "false", "-0.0e-0", "1e999", "[]", "{}", "[[{\"\\udfff\":\"\\udfff\"}]]", "nul", "\"\uFEFF\"",
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

    /// <summary>Bytes, JSON's pieces in any order, and messages that are right but for what they hold.</summary>
    private static Gen<byte[]> Bodies() => Gen.OneOf(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))),
        Messages().Select(message => Encoding.UTF8.GetBytes(message)),
        Messages().ArrayOf().Select(messages => Encoding.UTF8.GetBytes($"[{string.Join(',', messages)}]")),
        Messages().ArrayOf().Select(messages => Encoding.UTF8.GetBytes(string.Join('\n', messages))));

    private static Gen<string> Messages() =>
        from names in Gen.Elements(Names).ArrayOf()
        from values in Gen.Elements(Values).ArrayOf(names.Length)
        select $"{{{string.Join(',', names.Zip(values, (name, value) => $"{name}:{value}"))}}}";

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
