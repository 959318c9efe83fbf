using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AkkaSockets.Client;

namespace AkkaSockets.Load;

/// <summary>One user with one socket: it receives all the time, and sends when told to.</summary>
internal sealed class LoadUser : IAsyncDisposable
{
    private readonly int _index;
    private readonly Ledger _ledger;
    private readonly Histogram _delivery;
    private readonly AkkaSocketsClient _client;
    private long _lostAt;
    private Task _receiving = Task.CompletedTask;

    public LoadUser(int index, LoadOptions options, Ledger ledger, Histogram delivery)
    {
        (_index, _ledger, _delivery) = (index, ledger, delivery);
        Name = $"{options.UserPrefix}{index}";
        _client = new AkkaSocketsClient(new AkkaSocketsClientOptions
        {
            Url = options.Urls[index % options.Urls.Count],
            DevelopmentUser = Name,
            Device = "load",
            BackoffBase = TimeSpan.FromMilliseconds(500),
            BackoffCap = TimeSpan.FromSeconds(5),
        });
        _client.StateChanged += (_, change) => OnStateChanged(change.Current);
        _client.Reconnecting += (_, why) =>
        {
            if (why.Reason == ReconnectReason.Asked) ReconnectFrames++;
            else if (why.Reason != ReconnectReason.Start) OtherReconnects++;
        };
        _client.Gap += (_, _) => Gaps++;
        _client.PositionReset += (_, _) => Gaps++;
    }

    public string Name { get; }

    public int ReconnectFrames { get; private set; }

    public int OtherReconnects { get; private set; }

    /// <summary>Times that messages, or the log itself, were said to be gone.</summary>
    public int Gaps { get; private set; }

    /// <summary>The longest that this user was without a socket, in ms.</summary>
    public double LongestOffline { get; private set; }

    public bool IsConnected => _client.State == ClientState.Connected;

    public string? Fault { get; private set; }

    public async Task StartAsync(CancellationToken stop)
    {
        await _client.StartAsync(stop).ConfigureAwait(false);
        _receiving = ReceiveAsync();
    }

    /// <summary>Data with the moment it was sent, padded.</summary>
    public static byte[] NewData(int padding) =>
        Encoding.UTF8.GetBytes($$"""{"t":{{Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)}},"p":"{{new string('x', padding)}}"}""");

    public async Task SendAsync(LoadUser to, byte[] data, Histogram answers, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("N");
        var started = Stopwatch.GetTimestamp();
        try
        {
            await _client.SendAsync(to.Name, data, id, stop).ConfigureAwait(false);
            _ledger.Accept(to._index, id);
            answers.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (e is SendFailedException or OperationCanceledException or ClientStoppedException)
        {
            _ledger.Refuse();
        }
    }

    /// <summary>True when it was told to a socket.</summary>
    public async Task<bool> SendEphemeralAsync(LoadUser to, byte[] data, CancellationToken stop)
    {
        try
        {
            return await _client.SendEphemeralAsync(to.Name, data, stop).ConfigureAwait(false) > 0;
        }
        catch (Exception e) when (e is SendFailedException or OperationCanceledException or ClientStoppedException or ConnectionLostException)
        {
            return false;
        }
    }

    public void Accepted(string id) => _ledger.Accept(_index, id);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(false);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await foreach (var message in _client.Messages().ConfigureAwait(false))
            {
                _ledger.Receive(_index, message.Seq, message.Id);
                if (TryReadTime(message.Data.Span, out var sent)) _delivery.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
        catch (Exception e) when (e is ClientStoppedException or ObjectDisposedException or OperationCanceledException)
        {
            Fault = e is ClientStoppedException ? e.Message : null;
        }
    }

    private static bool TryReadTime(ReadOnlySpan<byte> data, out long time)
    {
        time = 0;
        return data.StartsWith("{\"t\":"u8) && Utf8Parser.TryParse(data[5..], out time, out _);
    }

    private void OnStateChanged(ClientState state)
    {
        if (state == ClientState.Reconnecting) _lostAt = Stopwatch.GetTimestamp();
        else if (state == ClientState.Connected && _lostAt != 0) LongestOffline = Math.Max(LongestOffline, Stopwatch.GetElapsedTime(_lostAt).TotalMilliseconds);
    }
}
