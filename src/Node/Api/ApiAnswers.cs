using System.ComponentModel;
using System.Text.Json;

namespace AkkaSockets.Node.Api;

// What the API answers and takes, as the OpenAPI document shows it. Properties are camelCase on the wire.

public sealed record StoredAnswer(
    [property: Description("The id given, or the one that the server made.")] string Id,
    [property: Description("The message's place in the user's log.")] long Seq,
    [property: Description("True when an earlier request had stored it.")] bool Dup);

public sealed record SocketsAnswer([property: Description("How many of the user's sockets were told.")] int Sockets);

public sealed record ClosedAnswer([property: Description("How many sockets were told to close (4502).")] int Closed);

public sealed record UserAnswer(
    string User,
    [property: Description("One life of the log; empty for a user never seen.")] string Epoch,
    [property: Description("The newest message's seq, 0 when there was none.")] long Head,
    [property: Description("The oldest seq still kept; head + 1 when nothing is.")] long First,
    [property: Description("The node that owns the user.")] string Node,
    int Shard,
    IReadOnlyList<DeviceAnswer> Devices);

public sealed record DeviceAnswer(
    string Device,
    [property: Description("Everything up to this seq was handled by the device.")] long Acked,
    bool Connected,
    [property: Description("Where the device's socket is; null while there is none.")] string? Node,
    [property: Description("When the socket was accepted, Unix ms.")] long? Since,
    [property: Description("The socket's other end.")] string? Remote);

public sealed record MessageBody(
    [property: Description("Any JSON value; it reaches the receivers as the same bytes.")] JsonElement Data,
    [property: Description("1 to 128 characters, unique over all backends: a repeat under it is stored once. Without it the server makes one.")] string? Id,
    [property: Description("To the sockets attached now, and not stored.")] bool? Ephemeral);

public sealed record BatchMessageBody(string User, JsonElement Data, string? Id, bool? Ephemeral);

public sealed record OutcomeBody(
    [property: Description("As the message alone would have been answered: 201, 200 (ephemeral), 400, 413, 422, 503.")] int Status,
    string? Id,
    long? Seq,
    bool? Dup,
    int? Sockets,
    string? Code,
    string? Title,
    string? Detail);

public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    [property: Description("For programs; does not change.")] string Code,
    [property: Description("For people: what to do.")] string Detail,
    [property: Description("The message's id, to repeat it under.")] string? Id);

public sealed record ClusterAnswer(
    IReadOnlyList<MemberAnswer> Members,
    [property: Description("Members that did not answer in time; their counts are null.")] IReadOnlyList<string> Silent,
    PlacementAnswer Placement);

public sealed record MemberAnswer(
    string Node,
    string Address,
    [property: Description("Joining, WeaklyUp, Up, Leaving, Exiting or Down.")] string Status,
    bool Reachable,
    IReadOnlyList<string> Roles,
    [property: Description("Shards held; null when not known.")] int? Shards,
    [property: Description("Users in memory; null when not known.")] int? Users,
    [property: Description("Sockets held, as last reported; null when not known.")] int? Sockets,
    [property: Description("Gives its shards and sockets away.")] bool Draining,
    [property: Description("True for the node that answers.")] bool Self);

public sealed record PlacementAnswer(
    [property: Description("Sharding:Shards.")] int Count,
    [property: Description("The version of the placement table; null while none is published.")] long? Version,
    [property: Description("Which node each shard belongs to. One that has not been placed is absent.")] IReadOnlyDictionary<string, string> Shards);
