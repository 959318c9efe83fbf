using System.Text;

namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Auth</c>: whose tokens are taken.</summary>
[Section("Auth")]
public sealed class AuthOptions
{
    /// <summary>RFC 7518 §3.2: a key for HS256 has at least as many bits as its hash.</summary>
    public const int LeastKeyBytes = 32;

    /// <summary>
    /// The HS256 key, at least <see cref="LeastKeyBytes"/> bytes of UTF-8. Empty, and then no token is valid, only where
    /// <see cref="Development"/> lets clients in without.
    /// </summary>
    [Secret]
    public string SigningKey { get; set; } = "";

    /// <summary>
    /// The OpenID authority whose keys sign the tokens, in place of <see cref="SigningKey"/>: the URL below which <c>/.well-known/openid-configuration</c> is.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>What a token's <c>aud</c> must contain; empty, and then not looked at, only with <see cref="SigningKey"/>.</summary>
    public string Audience { get; set; } = "";

    /// <summary><c>?user=alice</c> is taken without a token. The default is true in the Development environment, and nowhere else may it be.</summary>
    public bool Development { get; set; }
}

internal sealed class AuthOptionsValidator(bool isDevelopment) : OptionsValidator<AuthOptions>
{
    protected override IEnumerable<string> Check(AuthOptions options)
    {
        if (options.Development && !isDevelopment) yield return Wrong(nameof(options.Development), "true", "false outside the Development environment");
        if (options.Authority.Length > 0)
        {
            foreach (var fault in CheckAuthority(options)) yield return fault;
            yield break;
        }
        var bytes = Encoding.UTF8.GetByteCount(options.SigningKey);
        if (bytes == 0 && !options.Development)
            yield return Missing(nameof(options.SigningKey), $"a key of at least {AuthOptions.LeastKeyBytes} bytes where Auth:Development is false (openssl rand -base64 48 makes one)");
        else if (bytes is > 0 and < AuthOptions.LeastKeyBytes)
            yield return Wrong(nameof(options.SigningKey), options.SigningKey, $"at least {AuthOptions.LeastKeyBytes} bytes long, and has {bytes}");
    }

    private IEnumerable<string> CheckAuthority(AuthOptions options)
    {
        if (options.SigningKey.Length > 0) yield return Wrong(nameof(options.Authority), options.Authority, "empty where Auth:SigningKey is set: tokens are signed by one of the two");
        else if (!IsAuthority(options.Authority)) yield return Wrong(nameof(options.Authority), options.Authority, "an https URL without query and fragment (http in Development, or at a loopback address)");
        // An authority signs tokens for other services too, and whoever has one of those is not meant to be let in here.
        else if (options.Audience.Length == 0) yield return Missing(nameof(options.Audience), "what the tokens' aud contains, where Auth:Authority is set");
    }

    private bool IsAuthority(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (isDevelopment || url.IsLoopback)));
}
