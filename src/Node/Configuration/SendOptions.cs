namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Send</c>: who may send to whom.</summary>
[Section("Send")]
public sealed class SendOptions
{
    public const string All = "all";
    public const string Claim = "claim";
    public const string None = "none";

    /// <summary>Anyone to anyone, what the token's claim <c>send</c> says, or nobody to nobody. In Development the default is <see cref="All"/>.</summary>
    [OneOf(All, Claim, None)]
    public string Allow { get; set; } = Claim;
}
