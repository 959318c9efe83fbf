namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Pbm</c>: who may give commands.</summary>
[Section("Pbm")]
public sealed class PbmOptions
{
    /// <summary>What <c>pbm --token</c> must present; required when <c>Listen:Pbm</c> is not loopback.</summary>
    [Secret]
    public string Token { get; set; } = "";

    /// <param name="listen">Where commands are taken, <c>host:port</c>.</param>
    internal static IEnumerable<string> CheckToken(string listen, PbmOptions pbm)
    {
        Endpoints.TryParse(listen, out var host, out _);
        if (!Endpoints.IsLoopback(host) && pbm.Token.Length == 0)
            yield return SettingFault.Missing(typeof(PbmOptions).GetProperty(nameof(Token))!, $"a secret where Listen:Pbm is not loopback, and that is '{listen}' (openssl rand -hex 24 makes one)");
    }
}
