using System.Security.Cryptography;

namespace AkkaSockets.Messages.Ids;

/// <summary>
/// One of a user's devices: 1 to 64 characters under the rule of <see cref="UserId"/>. The server names those that name
/// themselves not; such names start with <c>~</c>, and the device is forgotten sooner once it is gone.
/// </summary>
public readonly record struct DeviceId
{
    /// <summary>The most UTF-16 units an id may have.</summary>
    public const int MaxLength = 64;

    private const char Anonymous = '~';
    private readonly string? _value;

    private DeviceId(string value) => _value = value;

    /// <summary>The id's text; empty only for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>True when the server made this name.</summary>
    public bool IsAnonymous => Value.StartsWith(Anonymous);

    /// <summary>Makes a name for a device that brought none: 96 random bits, so that nobody guesses another's.</summary>
    public static DeviceId NewAnonymous() => new(Anonymous + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));

    /// <exception cref="FormatException">The text breaks the rule above.</exception>
    public static DeviceId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A device id has 1 to 64 characters, no control characters and no white space.");

    public static bool TryParse(string? text, out DeviceId id)
    {
        var valid = IdText.IsName(text, MaxLength);
        id = valid ? new DeviceId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
