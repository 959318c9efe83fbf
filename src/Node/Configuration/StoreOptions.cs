namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Persistence</c>: where logs are kept.</summary>
[Section("Persistence")]
public sealed class StoreOptions
{
    public const string Embedded = "embedded";

    /// <summary>Which store. This version has the embedded one: a file, for one node.</summary>
    [OneOf(Embedded)]
    public string Provider { get; set; } = Embedded;

    /// <summary>The embedded store's folder, made at start; relative to the working directory.</summary>
    public string Path { get; set; } = "data";

    /// <summary>Kept for the Redis store.</summary>
    [Secret]
    public string Redis { get; set; } = "";
}

internal sealed class StoreOptionsValidator : OptionsValidator<StoreOptions>
{
    protected override IEnumerable<string> Check(StoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Path)) yield return Wrong(nameof(options.Path), options.Path, "a folder");
        if (options.Redis.Length > 0) yield return Wrong(nameof(options.Redis), options.Redis, "empty: this version has the embedded store only");
    }
}
