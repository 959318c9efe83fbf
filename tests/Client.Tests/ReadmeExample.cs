using System.Text.Json;

namespace AkkaSockets.Client.Tests;

internal static class ReadmeExample
{
    public static async Task RunAsync(
        Uri url, Func<CancellationToken, ValueTask<string?>> fetchToken, string positionPath, Action<string> log,
        CancellationToken stop)
    {
        // <example>
        await using var client = new AkkaSocketsClient(new AkkaSocketsClientOptions
        {
            Url = url,                                          // wss://push.example.com/ws
            TokenProvider = fetchToken,                         // asked when a fresh token is needed
            Device = "phone",
            Positions = new FilePositionStore(positionPath),    // a restarted process goes on where it was
        });
        client.Gap += (_, gap) => log($"{gap.Missing} messages are gone: fetch the whole state again");
        client.Reconnecting += (_, why) => log($"{why.Reason} {why.CloseCode}, again in {why.Delay}");
        await client.StartAsync(stop);

        var sent = await client.SendAsync("bob", JsonSerializer.SerializeToUtf8Bytes(new { text = "hello" }));
        log($"number {sent.Seq} in bob's log");

        await foreach (var message in client.Messages(stop))
        {
            log($"{message.Seq} from {message.From}: {message.Deserialize<JsonElement>().GetProperty("text")}");
        }   // handled, and soon saved and acknowledged, once the next one is asked for
        // </example>
    }
}
