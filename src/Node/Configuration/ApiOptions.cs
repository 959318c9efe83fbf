namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Api</c>: who may publish.</summary>
[Section("Api")]
public sealed class ApiOptions
{
    /// <summary>
    /// Comma-separated keys of backends: several, so that they can be changed one after the other. Empty is accepted in Development
    /// only: then anyone may.
    /// </summary>
    [Secret]
    public string Keys { get; set; } = "";

    /// <summary><see cref="Keys"/>, each by itself.</summary>
    public IReadOnlyList<string> KeyList => Endpoints.Split(Keys);
}

internal sealed class ApiOptionsValidator(bool isDevelopment) : OptionsValidator<ApiOptions>
{
    protected override IEnumerable<string> Check(ApiOptions options)
    {
        if (options.KeyList.Count == 0 && !isDevelopment)
            yield return Missing(nameof(options.Keys), "a comma-separated list of the backends' keys outside Development (openssl rand -hex 24 makes one)");
    }
}
