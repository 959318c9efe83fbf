using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AkkaSockets.Client;
using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Frames;

namespace AkkaSockets.Load;

/// <summary>One user with one socket: it receives all the time, and sends when told to.</summary>
internal sealed class LoadUser : IAsyncDisposable
{
    private readonly int _index;
    private readonly Measurements _measured;
    private readonly AkkaSocketsClient _client;
    private long _lostAt, _sent;
    private int _reconnectFrames, _failures, _mostFailures;
    private Task _receiving = Task.CompletedTask;

    public LoadUser(int index, LoadOptions options, Dialer dialer, TokenMint? mint, Measurements measured)
    {
        (_index, _measured) = (index, measured);
        Name = $"{options.UserPrefix}{index}";
        _client = new AkkaSocketsClient(new AkkaSocketsClientOptions
        {
            Url = dialer.Url,
            Invoker = dialer.Invoker,
            DevelopmentUser = mint is null ? Name : null,
            TokenProvider = mint is null ? null : _ => ValueTask.FromResult<string?>(mint.For(Name)),
            Device = "load",
            BackoffBase = TimeSpan.FromMilliseconds(500),
            BackoffCap = TimeSpan.FromSeconds(5),
        });
        _client.StateChanged += (_, change) => OnStateChanged(change.Current);
        _client.Reconnecting += (_, why) =>
        {
            if (why.Reason is ReconnectReason.Refused or ReconnectReason.Failed) OnConnectFailed();
            if (why.Reason == ReconnectReason.Refused) measured.Errors.Add($"refused-{(int?)why.StatusCode}");
            else if (why.Reason is ReconnectReason.Failed or ReconnectReason.Hole) measured.Errors.Add(why.Reason == ReconnectReason.Hole ? "hole" : "not-connected");
        };
        _client.FrameSeen += OnFrame;
        _client.SocketEnded += OnSocketEnded;
        _client.Gap += (_, _) => Gaps++;
        _client.PositionReset += (_, _) => Gaps++;
    }

    /// <summary>Is told of each durable message that comes: when it was sent, a timestamp of <see cref="Stopwatch"/>. One call at a time.</summary>
    public Action<LoadUser, long>? Heard { get; set; }

    public string Name { get; }

    /// <summary>Every one, those too that the client needed not follow.</summary>
    public int ReconnectFrames => Volatile.Read(ref _reconnectFrames);

    /// <summary>The most attempts to connect that failed one after the other.</summary>
    public int FailuresInARow => Volatile.Read(ref _mostFailures);

    /// <summary>Times that messages, or the log itself, were said to be gone.</summary>
    public int Gaps { get; private set; }

    /// <summary>The longest that this user was without a socket, in ms.</summary>
    public double LongestOffline { get; private set; }

    /// <summary>The longest that one of its messages took from the send, in ms.</summary>
    public double LongestWait { get; private set; }

    public bool IsConnected => _client.State == ClientState.Connected;

    /// <summary>It was connected, and will be again.</summary>
    public bool IsComingBack => _client.State == ClientState.Reconnecting;

    public string? Fault { get; private set; }

    /// <summary>Completes when it is ready, or must not come back, which is a <see cref="Fault"/>.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        _receiving = ReceiveAsync();
        try
        {
            await _client.StartAsync(stop).ConfigureAwait(false);
        }
        catch (ClientStoppedException)
        {
            // ReceiveAsync gets the same.
        }
    }

    /// <summary>Data with the moment it was sent, padded.</summary>
    public static byte[] NewData(int padding) =>
        Encoding.UTF8.GetBytes($$"""{"t":{{Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)}},"p":"{{new string('x', padding)}}"}""");

    /// <param name="patience">How long it is repeated under its id.</param>
    public async Task SendAsync(LoadUser to, string id, byte[] data, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        var (number, started) = (Interlocked.Increment(ref _sent), Stopwatch.GetTimestamp());
        try
        {
            var sent = await _client.SendAsync(to.Name, data, id, deadline.Token).ConfigureAwait(false);
            _measured.Ledger.Acknowledge(to._index, id, sent.Seq, _index, number);
            _measured.Answers.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (e is SendFailedException or OperationCanceledException or ClientStoppedException or ObjectDisposedException)
        {
            // What the server itself refused is counted with its frame.
            if (e is SendFailedException { Code: SendFailedException.QueueFull or SendFailedException.TooLarge } refused) _measured.Errors.Add(refused.Code);
            _measured.Ledger.GiveUp(to._index, id);
        }
    }

    /// <summary>Asked once; how many sockets got it, as the server says.</summary>
    public async Task SendEphemeralAsync(LoadUser to, byte[] data)
    {
        try
        {
            _measured.EphemeralDelivered(await _client.SendEphemeralAsync(to.Name, data).ConfigureAwait(false));
        }
        catch (Exception e) when (e is SendFailedException or ClientStoppedException or ConnectionLostException or ObjectDisposedException)
        {
            _measured.EphemeralFailed();
        }
    }

    public void Acknowledged(string id, long seq) => _measured.Ledger.Acknowledge(_index, id, seq);

    public void GivenUp(string id) => _measured.Ledger.GiveUp(_index, id);

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
                _measured.Ledger.Receive(_index, message.Seq, message.Id);
                if (!TryReadTime(message.Data.Span, out var sent)) continue;
                var wait = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                _measured.DeliveryOf(message.Seq is not null).Add(wait);
                if (message.Seq is null) continue;
                LongestWait = Math.Max(LongestWait, wait);
                Heard?.Invoke(this, sent);
            }
        }
        catch (ClientStoppedException stopped)
        {
            Fault = stopped.Message;
        }
    }

    private void OnFrame(ServerFrame frame)
    {
        if (frame is ErrFrame error) _measured.Errors.Add(error.Code);
        if (frame is ReadyFrame) Volatile.Write(ref _failures, 0);
        if (frame is not ReconnectFrame reconnect) return;
        Interlocked.Increment(ref _reconnectFrames);
        _measured.ReconnectFrames.Add(reconnect.Reason ?? "");
    }

    private void OnConnectFailed()
    {
        var failures = Interlocked.Increment(ref _failures);
        if (failures > FailuresInARow) Volatile.Write(ref _mostFailures, failures);
    }

    /// <summary>Sockets that this user left by itself, to move or to end, are not counted.</summary>
    private void OnSocketEnded(Cause cause)
    {
        if (cause.CloseCode is { } code and not CloseCodes.Normal) _measured.Closes.Add(code.ToString(CultureInfo.InvariantCulture));
    }

    private void OnStateChanged(ClientState state)
    {
        if (state == ClientState.Reconnecting) _lostAt = Stopwatch.GetTimestamp();
        else if (state == ClientState.Connected && _lostAt != 0) LongestOffline = Math.Max(LongestOffline, Stopwatch.GetElapsedTime(_lostAt).TotalMilliseconds);
    }

    private static bool TryReadTime(ReadOnlySpan<byte> data, out long time)
    {
        time = 0;
        return data.StartsWith("{\"t\":"u8) && Utf8Parser.TryParse(data[5..], out time, out _);
    }
}
