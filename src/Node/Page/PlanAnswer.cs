using System.ComponentModel;

namespace AkkaSockets.Node.Page;

public sealed record PlanAnswer(
    [property: Description("Who would give how much to whom.")] IReadOnlyList<PlanPair> Moves,
    IReadOnlyList<PlanNode> Nodes,
    PlanTotal Total,
    [property: Description("Nodes that did not answer in time: the users and sockets lack theirs.")] IReadOnlyList<string> Silent);

public sealed record PlanPair(string From, string To, int Shards, int Users, int Sockets);

public sealed record PlanNode(
    string Node,
    [property: Description("Shards now.")] int Shards,
    [property: Description("Shards afterwards.")] int Becomes,
    int Gives,
    int Takes,
    [property: Description("Users of the shards that it gives.")] int UsersLeave,
    [property: Description("Users of the shards that it takes.")] int UsersArrive,
    [property: Description("Sockets of the users that leave it, on whichever node they are.")] int SocketsLeave,
    [property: Description("Sockets of the users that come to it, likewise.")] int SocketsArrive);

public sealed record PlanTotal(
    int Shards,
    [property: Description("Sharding:Shards.")] int Of,
    int Users,
    int Sockets,
    [property: Description("Clients that would be told to come back.")] int Reconnects);
