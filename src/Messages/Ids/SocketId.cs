namespace AkkaSockets.Messages.Ids;

/// <summary>One accepted connection, unique over all nodes and time.</summary>
public readonly record struct SocketId(Guid Value)
{
    public static SocketId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
