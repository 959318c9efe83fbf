namespace AkkaSockets.Messages.Ids;

/// <summary>A user: 1 to 128 characters, none of them a control character or white space. The token's <c>sub</c>.</summary>
public readonly record struct UserId
{
    /// <summary>The most UTF-16 units an id may have.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;

    private UserId(string value) => _value = value;

    /// <summary>The id's text; empty only for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes a text that is known to be valid.</summary>
    /// <exception cref="FormatException">The text breaks the rule above.</exception>
    public static UserId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A user id has 1 to 128 characters, no control characters and no white space.");

    public static bool TryParse(string? text, out UserId id)
    {
        var valid = IdText.IsName(text, MaxLength);
        id = valid ? new UserId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
