using System.Diagnostics.CodeAnalysis;

namespace AkkaSockets.Messages.Ids;

/// <summary>
/// The sender's name for one message, 1 to 128 characters of well-formed Unicode: with the sender, the key under which a
/// repeat is known.
/// </summary>
public readonly record struct MessageId
{
    /// <summary>The most UTF-16 units an id may have.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;

    private MessageId(string value) => _value = value;

    /// <summary>The id's text; empty only for <c>default</c>, which stands for "none" (ephemeral messages).</summary>
    public string Value => _value ?? "";

    public bool IsNone => string.IsNullOrEmpty(_value);

    /// <summary>An id for a publisher that brought none. Version 7 sorts by time, which keeps logs readable.</summary>
    public static MessageId New() => new(Guid.CreateVersion7().ToString("N"));

    /// <exception cref="FormatException">The text breaks the rule above.</exception>
    public static MessageId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A message id has 1 to 128 characters.");

    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var valid = IdText.HasLength(text, MaxLength) && IdText.IsWellFormed(text);
        id = valid ? new MessageId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
