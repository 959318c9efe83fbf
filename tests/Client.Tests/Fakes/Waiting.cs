using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.Client.Tests.Fakes;

/// <summary>Every wait of a test is for something, and fails after a time that no working machine needs.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Generous);

    public static Task Within(this Task task) => task.WaitAsync(Generous);

    /// <summary>Waits for what nothing tells of.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        for (var since = Stopwatch.StartNew(); !holds(); await Task.Delay(1))
            Assert.True(since.Elapsed < Generous, "It does not come to hold.");
    }

    public static string? Text(this JsonElement frame, string name) =>
        frame.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static long Number(this JsonElement frame, string name) => frame.GetProperty(name).GetInt64();

    public static string Text(this ReceivedMessage message) => Encoding.UTF8.GetString(message.Data.Span);

    /// <summary>The next message.</summary>
    public static async Task<ReceivedMessage> NextAsync(this IAsyncEnumerator<ReceivedMessage> messages)
    {
        Assert.True(await messages.MoveNextAsync().AsTask().Within());
        return messages.Current;
    }
}
