namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Send</c>: who may send to whom.</summary>
[Section("Send")]
public sealed class SendOptions
{
    public const string All = "all";
    public const string Claim = "claim";
    public const string None = "none";

    /// <summary>
    /// <see cref="All"/>: anyone to anyone; <see cref="Claim"/>: what the token's claim <c>send</c> says; <see cref="None"/>: nobody to
    /// nobody. In Development, where there need be no token, the default is <see cref="All"/>.
    /// </summary>
    [OneOf(All, Claim, None)]
    public string Allow { get; set; } = Claim;
}
