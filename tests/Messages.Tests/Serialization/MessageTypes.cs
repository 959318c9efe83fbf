namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>All that may cross to another node or into the store, as the assembly has it now.</summary>
internal static class MessageTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(IClusterMessage).Assembly.GetTypes()
            .Where(type => typeof(IClusterMessage).IsAssignableFrom(type) && type is { IsAbstract: false, IsInterface: false })
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];
}
