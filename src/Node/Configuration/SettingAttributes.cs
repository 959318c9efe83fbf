namespace AkkaSockets.Node.Configuration;

/// <summary>A setting's section in appsettings.json.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SectionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The whole numbers that a setting allows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BetweenAttribute(long least, long most) : Attribute
{
    public long Least { get; } = least;

    public long Most { get; } = most;
}

/// <summary>The words that a setting allows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(params string[] words) : Attribute
{
    public string[] Words { get; } = words;
}

/// <summary>A setting whose value no message, log or display may contain.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
