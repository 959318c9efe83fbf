using System.Text;
using AkkaSockets.Peers.Sockets;
using FsCheck.Xunit;

namespace AkkaSockets.Peers.Tests.Sockets;

public sealed class MessageReaderSpec
{
    /// <summary>Lengths on both sides of each form that a head has.</summary>
    [Property]
    public bool Messages_come_whole_in_whatever_pieces_they_arrive(int seed)
    {
        var random = new Random(seed);
        int[] sizes = [0, 5, 125, 126, 127, 4000, 65_535, 65_536];
        var messages = Enumerable.Range(0, 10).Select(_ => new string((char)('a' + random.Next(26)), sizes[random.Next(sizes.Length)])).ToArray();
        var heard = new Sink();
        Feed(new MessageReader(heard), [.. messages.SelectMany(message => FromServer(0x81, message))], random);
        return heard.Messages.SequenceEqual(messages);
    }

    [Fact]
    public void Fragments_are_joined_and_what_comes_between_them_is_told_at_once()
    {
        var heard = new Sink();
        Feed(new MessageReader(heard), [.. FromServer(0x02, "one "), .. FromServer(0x89, "?"), .. FromServer(0x00, "two "), .. FromServer(0x80, "three"), .. FromServer(0x81, "four")], new Random(1));
        Assert.Equal(["ping ?", "one two three", "four"], heard.All);
    }

    [Theory]
    [InlineData(new byte[] { 0x88, 2, 3, 0xE8 }, 1000)]
    [InlineData(new byte[] { 0x88, 0 }, 1005)]
    public void A_close_tells_its_code(byte[] frame, int code)
    {
        var heard = new Sink();
        Feed(new MessageReader(heard), frame, new Random(1));
        Assert.Equal([$"close {code}"], heard.All);
    }

    private static void Feed(MessageReader reader, byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var room = reader.Room;
            var count = Math.Min(Math.Min(room.Length, 1 + random.Next(2000)), bytes.Length - at);
            bytes.AsMemory(at, count).CopyTo(room);
            reader.Advance(count);
            at += count;
        }
    }

    /// <summary>RFC 6455 §5.2, not masked.</summary>
    private static byte[] FromServer(byte first, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [127, 0, 0, 0, 0, 0, (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        return [first, .. length, .. payload];
    }

    private sealed class Sink : IFrameSink
    {
        public List<string> All { get; } = [];

        public IEnumerable<string> Messages => All;

        public void OnMessage(ReadOnlySpan<byte> message) => All.Add(Encoding.UTF8.GetString(message));

        public void OnPing(ReadOnlySpan<byte> payload) => All.Add($"ping {Encoding.UTF8.GetString(payload)}");

        public void OnClose(int code) => All.Add($"close {code}");
    }
}
