using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Api;

/// <summary><c>POST /api/users/{user}/messages</c> and <c>POST /api/messages</c>.</summary>
internal sealed class MessageEndpoints(Publisher publisher, PublishGate gate, ApiLimits limits, IOptions<LimitsOptions> options)
{
    private const string KeyHeader = "Idempotency-Key";

    private readonly PublishRequestReader _reader = new(options.Value.FrameBytes);
    private readonly int _maxMessageBytes = options.Value.FrameBytes + limits.EnvelopeBytes;
    private readonly int _maxArrayBytes = Math.Max(limits.ArrayBytes, options.Value.FrameBytes + limits.EnvelopeBytes);

    public async Task<IResult> PublishAsync(HttpContext context)
    {
        if (!UserPath.TryRead(context, out var user)) return ApiProblems.BadUser;
        if (!TryReadKey(context.Request.Headers[KeyHeader], out var key)) return ApiProblems.BadMessage("One Idempotency-Key of 1 to 128 characters, please.");
        if (RequestBody.Bound(context, _maxMessageBytes) is { } unfit) return unfit;
        using var place = gate.EnterPublish();
        if (!place.IsAcquired) return ApiProblems.Busy(limits.RetryAfter);
        if (await RequestBody.ReadAllAsync(context, _maxMessageBytes).ConfigureAwait(false) is not { } body) return ApiProblems.BodyTooLarge(_maxMessageBytes);
        if (!_reader.TryRead(body, user, key, out var request, out var fault)) return fault;
        return (await publisher.PublishAsync(request, context.RequestAborted).ConfigureAwait(false)).ToResult();
    }

    public async Task<IResult> PublishBatchAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(KeyHeader)) return ApiProblems.BatchKey;
        if (RequestBody.Bound(context, limits.NdjsonBytes) is { } unfit) return unfit;
        using var place = gate.EnterBatch();
        if (!place.IsAcquired) return ApiProblems.Busy(limits.RetryAfter);
        return await BatchForm.IsArrayAsync(context.Request, context.RequestAborted).ConfigureAwait(false)
            ? await PublishArrayAsync(context).ConfigureAwait(false)
            : await PublishLinesAsync(context).ConfigureAwait(false);
    }

    private async Task<IResult> PublishArrayAsync(HttpContext context)
    {
        if (await RequestBody.ReadAllAsync(context, _maxArrayBytes).ConfigureAwait(false) is not { } body) return ApiProblems.BodyTooLarge(_maxArrayBytes);
        if (JsonArrayReader.FindElements(body, limits.BatchMessages) is not { } elements)
        {
            return ApiProblems.BadMessage("The body is not a JSON array. For one message a line, say Content-Type: application/x-ndjson. Nothing was stored.");
        }
        if (elements.Count > limits.BatchMessages) return ApiProblems.BatchTooLong(limits.BatchMessages);
        return await PublishAllAsync(context, isArray: true, async (answer, batch) =>
        {
            foreach (var element in elements) await AddAsync(body.AsMemory(element), answer, batch).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private Task<IResult> PublishLinesAsync(HttpContext context) => PublishAllAsync(context, isArray: false, async (answer, batch) =>
    {
        try
        {
            await foreach (var line in NdjsonReader.ReadLinesAsync(context.Request.BodyReader, _maxMessageBytes, context.RequestAborted).ConfigureAwait(false))
            {
                if (answer.Count == limits.BatchMessages)
                {
                    answer.Add(new PublishFailed(ApiProblems.BatchTooLong(limits.BatchMessages)));
                    return;
                }
                if (line.IsTooLong) answer.Add(new PublishFailed(ApiProblems.DataTooLarge(options.Value.FrameBytes, null)));
                else await AddAsync(line.Utf8, answer, batch).ConfigureAwait(false);
            }
        }
        catch (BadHttpRequestException fault) when (answer.Count > 0)
        {
            // The lines before are answered for; so is the rest, in the only place that is left.
            answer.Add(new PublishFailed(fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiProblems.BodyTooLarge(limits.NdjsonBytes)
                : ApiProblems.BadMessage("The rest of the body could not be read. Send it in another batch.")));
        }
    });

    private async Task<IResult> PublishAllAsync(HttpContext context, bool isArray, Func<BatchAnswer, BatchPublisher, Task> read)
    {
        var batch = new BatchPublisher(publisher, limits, context.RequestAborted);
        var answer = new BatchAnswer(context, isArray);
        var writing = answer.WriteAsync();
        try
        {
            await read(answer, batch).ConfigureAwait(false);
            answer.End();
        }
        catch (Exception fault)
        {
            answer.End(fault);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await writing.ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private async Task AddAsync(ReadOnlyMemory<byte> message, BatchAnswer answer, BatchPublisher batch)
    {
        if (_reader.TryRead(message.Span, null, default, out var request, out var fault)) answer.Add(await batch.StartAsync(request).ConfigureAwait(false));
        else answer.Add(new PublishFailed(fault));
    }

    /// <summary>True with an id that is none where there is no such header.</summary>
    private static bool TryReadKey(Microsoft.Extensions.Primitives.StringValues header, out MessageId key)
    {
        key = default;
        return header.Count == 0 || (header.Count == 1 && MessageId.TryParse(header[0], out key));
    }
}
