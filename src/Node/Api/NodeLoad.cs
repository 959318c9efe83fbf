namespace AkkaSockets.Node.Api;

/// <summary>How much this node carries, as those know who count it.</summary>
/// <param name="sockets">The sockets attached to this node now; called from any thread, and so often that it should be cheap.</param>
public sealed class NodeLoad(Func<int> sockets)
{
    public int Sockets => sockets();
}
