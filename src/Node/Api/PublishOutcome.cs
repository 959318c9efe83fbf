using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Listeners;

namespace AkkaSockets.Node.Api;

/// <summary>What became of one message: an answer of its own, or a line of a batch's.</summary>
public abstract record PublishOutcome(int Status)
{
    /// <summary>The outcome alone, as an HTTP answer.</summary>
    public abstract IResult ToResult();

    /// <summary>The outcome as an object of a batch's answer: what the single answer has, with <c>status</c> beside it.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteProperties(writer);
        writer.WriteEndObject();
    }

    protected abstract void WriteProperties(Utf8JsonWriter writer);
}

/// <summary>Journaled, now or by an earlier request (<paramref name="Duplicate"/>).</summary>
public sealed record MessageStored(MessageId Id, long Seq, bool Duplicate) : PublishOutcome(StatusCodes.Status201Created)
{
    public override IResult ToResult() => TypedResults.Json(new StoredAnswer(Id.Value, Seq, Duplicate), statusCode: Status);

    protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteNumber("status", Status);
        writer.WriteString("id", Id.Value);
        writer.WriteNumber("seq", Seq);
        writer.WriteBoolean("dup", Duplicate);
    }
}

/// <summary>Told to the sockets attached: <paramref name="Sockets"/> of them.</summary>
public sealed record EphemeralTold(int Sockets) : PublishOutcome(StatusCodes.Status200OK)
{
    public override IResult ToResult() => TypedResults.Json(new SocketsAnswer(Sockets), statusCode: Status);

    protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteNumber("status", Status);
        writer.WriteNumber("sockets", Sockets);
    }
}

/// <summary>Not stored, or not known to be.</summary>
public sealed record PublishFailed(Problem Problem) : PublishOutcome(Problem.Status)
{
    public override IResult ToResult() => Problem;

    protected override void WriteProperties(Utf8JsonWriter writer) => Problem.WriteProperties(writer);
}
