using System.Net.WebSockets;
using System.Text;
using AkkaSockets.Node.Sockets.Direct;
using AkkaSockets.Node.Tests.Listeners;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class TransportStreamSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeConnection _connection = new();
    private readonly TransportStream _stream;

    public TransportStreamSpec() => _stream = new TransportStream(_connection);

    [Fact]
    public async Task A_write_that_something_follows_waits_for_it()
    {
        _stream.MoreFollows = true;
        await WriteAsync("one ");
        await WriteAsync("two ");
        Assert.False(_connection.Client.Input.TryRead(out _));
        _stream.MoreFollows = false;
        await WriteAsync("three");
        Assert.Equal("one two three", await ReadAsync());
    }

    [Fact]
    public async Task What_would_take_long_to_gather_is_written_meanwhile()
    {
        _stream.MoreFollows = true;
        var (sent, block) = (0, new string('x', 1000));
        while (!_connection.Client.Input.TryRead(out _))
        {
            Assert.True(sent < 100, "nothing was written after 100,000 bytes");
            await WriteAsync(block);
            sent++;
        }
        Assert.Equal(33, sent);
    }

    [Fact]
    public async Task A_web_socket_on_it_loses_and_reorders_nothing_whoever_writes_between()
    {
        const int frames = 2_000;
        using var server = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.FromMilliseconds(1), KeepAliveTimeout = Timeout.InfiniteTimeSpan });
        using var client = WebSocket.CreateFromStream(new DuplexStream(_connection.Client), new WebSocketCreationOptions { IsServer = false });
        var reading = ReadAllAsync(client, frames);
        for (var i = 0; i < frames; i++)
        {
            _stream.MoreFollows = i % 7 != 6 && i < frames - 1;
            await server.SendAsync(Encoding.UTF8.GetBytes($"{i}"), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        Assert.Equal(Enumerable.Range(0, frames).Select(i => $"{i}"), await reading.WaitAsync(Patience));
    }

    private static async Task<List<string>> ReadAllAsync(WebSocket client, int count)
    {
        var (texts, buffer) = (new List<string>(), new byte[64]);
        while (texts.Count < count)
        {
            var part = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            texts.Add(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
        return texts;
    }

    private ValueTask WriteAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    private async Task<string> ReadAsync()
    {
        var read = await _connection.Client.Input.ReadAsync();
        return Encoding.UTF8.GetString(read.Buffer);
    }

    /// <summary>The client's side of the connection.</summary>
    private sealed class DuplexStream(System.IO.Pipelines.IDuplexPipe pipe) : Stream
    {
        private readonly Stream _in = pipe.Input.AsStream(), _out = pipe.Output.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _in.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _out.WriteAsync(buffer, cancellationToken);

        public override void Flush() => _out.Flush();

        public override int Read(byte[] buffer, int offset, int count) => _in.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => _out.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
