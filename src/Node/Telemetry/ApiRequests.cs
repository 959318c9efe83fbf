using System.Diagnostics;
using OpenTelemetry;

namespace AkkaSockets.Node.Telemetry;

/// <summary>
/// Lets ASP.NET Core's own spans out for the API's requests alone. These have to go out, for a <c>publish</c> is part of one: below a request that nobody records, nothing would be. Of the others, one
/// would last as long as its socket, and probes and scrapes come every few seconds.
/// </summary>
internal sealed class ApiRequests : BaseProcessor<Activity>
{
    /// <summary>The source of the requests' spans, to subscribe to.</summary>
    public const string Source = "Microsoft.AspNetCore";

    public override void OnStart(Activity data)
    {
        if (data.Source.Name != Source || data.GetTagItem("url.path") is string path && path.StartsWith("/api/", StringComparison.Ordinal)) return;
        data.IsAllDataRequested = false;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    /// <summary>Names a request's span as OpenTelemetry's conventions have it: by the route, without the user.</summary>
    public static void Name(HttpContext request)
    {
        if (Activity.Current is not { Recorded: true, Source.Name: Source } span || request.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route }) return;
        span.DisplayName = $"{request.Request.Method} {route}";
        span.SetTag("http.route", route);
    }
}
