using AkkaSockets.FloorPeer;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<Users>();

var app = builder.Build();
app.UseWebSockets();
app.MapGet("/health", () => "ok");
app.Map("/ws", async (HttpContext http, Users users) =>
{
    if (!http.WebSockets.IsWebSocketRequest || http.Request.Query["user"] is not [{ Length: > 0 } user])
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return;
    }
    using var socket = await http.WebSockets.AcceptWebSocketAsync();
    await new Client(socket, user, users).RunAsync(http.RequestAborted);
});
await app.RunAsync();
