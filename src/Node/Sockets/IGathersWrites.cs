namespace AkkaSockets.Node.Sockets;

/// <summary>A connection that can keep what is written until something later takes it along: many small frames cost one system call then.</summary>
public interface IGathersWrites
{
    /// <summary>
    /// While true, writes may be kept. Whoever sets it has to write once more after having set it to false: only a write takes along what is kept. Writes that others make
    /// meanwhile (a pong) may be kept as well.
    /// </summary>
    bool MoreFollows { set; }
}
