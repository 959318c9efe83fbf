using System.Diagnostics;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Telemetry;

/// <summary>
/// The spans of a message's way: <c>publish</c> where it comes in, below it <c>user</c> at its user's entity, and below that <c>journal</c> at the log and <c>deliver</c> at
/// each socket. Akka carries no context from one actor to another, so the messages do: see <see cref="Publication"/>. Nothing is made where nobody listens.
/// </summary>
internal static class Traces
{
    /// <summary>The source's name, to subscribe to.</summary>
    public const string Name = "AkkaSockets";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>A publish begins here; by a request's span, if there is one.</summary>
    public static Activity? StartPublish(bool ephemeral)
    {
        var before = Activity.Current;
        var span = Detach(Source.StartActivity("publish", ActivityKind.Producer), before);
        span?.SetTag("akkasockets.kind", ephemeral ? "ephemeral" : "durable");
        return span;
    }

    /// <summary>What the messages of a publish carry.</summary>
    public static Publication PublicationOf(Activity? span, TimeProvider time) => new(Micros(time), span is { Recorded: true } ? span.Id : null);

    /// <summary>A part of the publication's way, at whichever node.</summary>
    public static Activity? Start(string part, Publication publication)
    {
        if (publication.TraceParent is not { } parent || !Source.HasListeners()) return null;
        var before = Activity.Current;
        return Detach(Source.StartActivity(part, ActivityKind.Consumer, parent), before);
    }

    /// <summary>What the messages carry from a part on: theirs are parts of it.</summary>
    public static Publication Below(Activity? part, Publication publication) => part is null ? publication : publication with { TraceParent = part.Id };

    /// <summary>A live message's frame is written.</summary>
    public static void Delivered(Publication publication, TimeProvider time)
    {
        if (publication.ReceivedAt == 0) return;
        // Another node's clock may be ahead of this one's.
        NodeMeters.Delivery.Record(Math.Max(0, Micros(time) - publication.ReceivedAt) / 1e6);
    }

    /// <summary>Leaves a thread as it was: what an actor's does next belongs to another message.</summary>
    private static Activity? Detach(Activity? span, Activity? before)
    {
        if (span is not null) Activity.Current = before;
        return span;
    }

    private static long Micros(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
