using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AkkaSockets.Node.Listeners;

/// <summary>
/// A fault as told over HTTP (RFC 9457, <c>application/problem+json</c>). <paramref name="Code"/> is for programs and does not
/// change; <paramref name="Detail"/> tells people what to do.
/// </summary>
/// <param name="RetryAfter">When to come back; told in whole seconds, at least one.</param>
/// <param name="MessageId">The id to repeat the message under, where the fault is about one.</param>
public sealed record Problem(int Status, string Code, string Detail, TimeSpan? RetryAfter = null, string? MessageId = null) : IResult
{
    public const string ContentType = "application/problem+json";

    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } pause) response.Headers.RetryAfter = Seconds(pause).ToString(CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartObject();
        WriteProperties(writer);
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The members of the problem object, for where it is a part of something.</summary>
    public void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
        writer.WriteNumber("status", Status);
        writer.WriteString("code", Code);
        writer.WriteString("detail", Detail);
        if (MessageId is not null) writer.WriteString("id", MessageId);
    }

    private static int Seconds(TimeSpan pause) => Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds));
}
