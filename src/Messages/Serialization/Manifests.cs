namespace AkkaSockets.Messages.Serialization;

/// <summary>
/// What names each message on the wire and in the store. Frozen: two versions of the program share a cluster during a deploy, and a
/// log outlives both. A manifest is never given to another type, even after its own is gone. Ordinal: <c>RR</c> is not <c>rr</c>.
/// </summary>
internal static class Manifests
{
    // Commands: capitals.
    public const string AttachHandler = "AH";
    public const string DetachHandler = "DH";
    public const string PullBacklog = "PB";
    public const string AcknowledgeUpTo = "AU";
    public const string SendMessage = "SM";
    public const string SendEphemeral = "SE";
    public const string GetUser = "GU";
    public const string RequestReconnect = "RR";
    public const string CloseConnections = "CC";
    public const string GetMemberStatus = "MS";
    public const string GetShardLoads = "SL";
    public const string ListSockets = "LS";
    public const string FollowMember = "FM";

    // Replies and what handlers are told: small letters.
    public const string MessageAccepted = "ma";
    public const string EphemeralDelivered = "ed";
    public const string RequestRefused = "rr";
    public const string AskAgain = "aa";
    public const string SocketsTold = "st";
    public const string UserDescribed = "ud";
    public const string HandlerAttached = "ha";
    public const string AttachRefused = "ar";
    public const string DeliverMessage = "dm";
    public const string DeliverBacklog = "db";
    public const string DeliverEphemeral = "de";
    public const string DeliverToHandlers = "dh";
    public const string EntityStopping = "es";
    public const string CloseSocket = "cs";
    public const string AskToReconnect = "ro";
    public const string AdminRefused = "xr";
    public const string MemberStatus = "ms";
    public const string ShardLoads = "sl";
    public const string SocketsListed = "ls";
    public const string SocketNews = "sn";
    public const string ShardNews = "hn";

    // Between nodes: N.
    public const string PlacementTable = "N1";
    public const string NodeReport = "N2";

    // Between members, whatever they carry: H for hearing each other.
    public const string AskIfMember = "H1";
    public const string StillMember = "H2";
    public const string OtherCluster = "H3";

    // Stored: E for an event, S for a snapshot.
    public const string EpochBegan = "E1";
    public const string MessageAppended = "E2";
    public const string DeviceAdded = "E3";
    public const string UpkeepDone = "E4";
    public const string UserLogSnapshot = "S1";
}
