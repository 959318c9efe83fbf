namespace AkkaSockets.LocalCluster.Members;

internal enum MemberState
{
    /// <summary>Not running, for whatever reason.</summary>
    Stopped,

    /// <summary>Running, and not ready yet.</summary>
    Starting,

    /// <summary>It has been ready; how it is now, <c>status</c> asks.</summary>
    Running,

    /// <summary>SIGSTOP.</summary>
    Frozen,

    /// <summary>It got SIGTERM, or −9.</summary>
    Stopping,
}
