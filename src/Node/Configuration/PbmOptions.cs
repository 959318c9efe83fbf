namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Pbm</c>: who may give commands.</summary>
[Section("Pbm")]
public sealed class PbmOptions
{
    /// <summary>What <c>pbm --token</c> must present; required when <c>Listen:Pbm</c> is not loopback.</summary>
    [Secret]
    public string Token { get; set; } = "";
}
