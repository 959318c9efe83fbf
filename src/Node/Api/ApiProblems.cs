using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Listeners;

namespace AkkaSockets.Node.Api;

/// <summary>The API's faults. Codes are a promise to programs; details say what to do.</summary>
internal static class ApiProblems
{
    public static readonly Problem BadKey = new(401, "bad-key", "Send one of the keys in Api:Keys as 'Authorization: Bearer KEY'.");

    public static readonly Problem BadUser = new(400, "bad-user",
        "The user id, percent-encoded once in the path, must have 1 to 128 characters, no control characters and no white space.");

    public static readonly Problem BadDevice = new(400, "bad-device",
        "device must have 1 to 64 characters, no control characters and no white space. Leave it out to mean all of the user's devices.");

    public static readonly Problem BatchKey = new(400, "bad-key-header",
        "An Idempotency-Key names one message. In a batch, give each message an id of its own.");

    public static readonly Problem Encoded = new(415, "unsupported-encoding", "Send the body as it is, without Content-Encoding.");

    public static Problem BadMessage(string detail) => new(400, "bad-message", detail);

    public static Problem DataTooLarge(int bytes, string? id) => new(413, "too-large",
        $"The data of a message may have {bytes} bytes (Limits:FrameBytes). Send a reference to what is longer.", MessageId: id);

    public static Problem BodyTooLarge(long bytes) => new(413, "too-large", $"The body may have {bytes} bytes. Send less at once.");

    public static Problem BatchTooLong(int messages) => new(413, "too-many",
        $"A batch may have {messages} messages. Send the rest, which was not read, in another.");

    public static Problem IdReused(MessageId id) => new(422, "id-reused",
        "This id was used before for other data, and nothing was stored. Repeat a message with the same data, or give the new one a new id.",
        MessageId: id.Value);

    public static Problem Busy(TimeSpan retryAfter) => new(429, "busy",
        "This node has as many publishes in progress as it takes, and nothing was stored. Come back later or ask another node.", retryAfter);

    public static Problem Unavailable(string why, TimeSpan retryAfter, MessageId id) => id.IsNone
        ? new(503, "unavailable", $"The user could not be reached in time: {why}. Repeat the request later.", retryAfter)
        : new(503, "unavailable", $"The user could not be reached in time: {why}. Whether the message was stored is not known: "
            + "repeat it with the same id, which keeps it from being stored twice.", retryAfter, id.Value);

    public static Problem NotTried(TimeSpan retryAfter, MessageId id) => new(503, "not-tried",
        "An earlier message of this user in this batch met 503, so this one was not tried. Repeat both, in the same order and with the same ids.",
        retryAfter, id.IsNone ? null : id.Value);

    public static Problem Failed(MessageId id) => new(500, "server-fault",
        "The server failed, and its log says why. Repeat the message with the same id.", MessageId: id.IsNone ? null : id.Value);
}
