using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AkkaSockets.Node.Api;

/// <summary>
/// Writes a batch's outcomes in the batch's order, each as soon as it and all before it are known. Adding never waits for the
/// caller to read: many write the whole batch first, and would wait for us while we wait for them.
/// </summary>
internal sealed class BatchAnswer(HttpContext context, bool isArray)
{
    // Outcomes that are ready share a write, but not one that grows with the batch.
    private const int FlushEvery = 128;

    private readonly Channel<Task<PublishOutcome>> _outcomes = Channel.CreateUnbounded<Task<PublishOutcome>>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public int Count { get; private set; }

    public void Add(Task<PublishOutcome> outcome)
    {
        Count++;
        _outcomes.Writer.TryWrite(outcome);
    }

    public void Add(PublishOutcome outcome) => Add(Task.FromResult(outcome));

    /// <summary>No more outcomes come; with a fault, the answer is left as it is.</summary>
    public void End(Exception? fault = null) => _outcomes.Writer.TryComplete(fault);

    /// <summary>Runs until <see cref="End"/> was called and all is written. Writes nothing before there is something to write.</summary>
    public async Task WriteAsync()
    {
        // Whoever writes the batch first and reads its answer afterwards is not a slow reader.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var outcomes = _outcomes.Reader;
        var body = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(body);
        var written = 0;
        while (await outcomes.WaitToReadAsync(context.RequestAborted).ConfigureAwait(false))
        {
            while (outcomes.TryRead(out var next))
            {
                var outcome = await next.ConfigureAwait(false);
                if (written++ == 0) Begin();
                if (isArray) Write(written == 1 ? "["u8 : ","u8);
                outcome.WriteTo(json);
                json.Flush();
                json.Reset();
                if (!isArray) Write("\n"u8);
                var isMoreReady = outcomes.TryPeek(out var later) && later.IsCompleted;
                if (!isMoreReady || written % FlushEvery == 0) await body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        if (written == 0) Begin();
        if (isArray) Write(written == 0 ? "[]"u8 : "]"u8);
        await body.FlushAsync(context.RequestAborted).ConfigureAwait(false);

        void Write(ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(body, bytes);
    }

    private void Begin()
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = isArray ? BatchForm.Json : BatchForm.Ndjson;
    }
}
