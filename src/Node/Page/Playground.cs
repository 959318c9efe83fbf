using AkkaSockets.Node.Listeners;

namespace AkkaSockets.Node.Page;

/// <summary>Two users in two panes over the real <c>/ws</c>, with every frame shown. In Development only: it connects as whom it likes.</summary>
internal static class Playground
{
    /// <summary>Its files' place among the page's.</summary>
    public const string Folder = "playground/";

    public static void MapPlayground(this IEndpointRouteBuilder page)
    {
        page.MapGet("/playground", (HttpContext http, PageAssets assets) => assets.Serve(http, $"{Folder}index.html", "ws: wss:"));
        page.MapGet("/playground/settings", (HttpContext http, BoundListeners listeners) => TypedResults.Json(new PlaygroundSettings(SocketUrl(listeners[ListenerRole.Clients], http.Request.Host))));
    }

    private static string SocketUrl(ListenerAddress clients, HostString asked) =>
        $"{(clients.Scheme == "https" ? "wss" : "ws")}://{(clients.IsAnyHost ? asked.Host : clients.Host)}:{clients.Port}/ws";

    private sealed record PlaygroundSettings(string Url);
}
