using System.Text;
using AkkaSockets.Messages.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaSockets.Messages.Tests.Frames;

/// <summary>Nothing that a client can send makes the reader throw.</summary>
public sealed class AnyBytesSpec
{
    private static readonly string[] Frames =
    [
        """{"type":"ping"}""",
        """{"type":"ack","seq":44}""",
        """{"type":"send","id":"0198c2","to":"bob","data":{"a":[1,"é\ud83d\ude00",null,true,-1.5e3]},"ephemeral":true}""",
        """{"type":"open","token":"a.b.c","device":"phone","resume":{"epoch":"e","seq":41}}""",
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\\"", " ", "\n", "\"type\"", "\"send\"", "\"open\"", "\"ack\"", "\"id\"", "\"to\"", "\"data\"",
        "\"resume\"", "\"epoch\"", "\"seq\"", "\"token\"", "\"device\"", "\"ephemeral\"", "null", "true", "0", "-1", "1e400", "1.5", "\ufeff", "é", "\0",
    ];

    private static readonly Gen<byte[]> Random = ArbMap.Default.GeneratorFor<byte[]>();

    private static readonly Gen<byte[]> Soup = Gen.Elements(Tokens).ListOf().Select(tokens => Encoding.UTF8.GetBytes(string.Concat(tokens)));

    private static readonly Gen<byte[]> Mutated =
        from frame in Gen.Elements(Frames)
        from edits in Gen.Choose(1, 3)
        from places in Gen.Choose(0, 1_000).ArrayOf(edits)
        from values in ArbMap.Default.GeneratorFor<byte>().ArrayOf(edits)
        from tokens in Gen.Elements(Tokens).ArrayOf(edits)
        from kinds in Gen.Choose(0, 4).ArrayOf(edits)
        select Enumerable.Range(0, edits).Aggregate(
            Encoding.UTF8.GetBytes(frame),
            (bytes, i) => Edit(bytes, kinds[i], places[i] % (bytes.Length + 1), values[i], Encoding.UTF8.GetBytes(tokens[i])));

    public static TheoryData<string> Kinds { get; } = ["random", "soup", "mutated"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_bytes_are_read_or_refused(string kind)
    {
        var bytes = kind switch
        {
            "random" => Random,
            "soup" => Soup,
            _ => Mutated,
        };
        Prop.ForAll(bytes.ToArbitrary(), ReadsOrRefuses).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    private static void ReadsOrRefuses(byte[] bytes)
    {
        switch (ClientFrameReader.Read(bytes, 1_000))
        {
            case InvalidFrame refused:
                // Can be answered.
                Assert.False(ServerFrameWriter.Error(refused.Code, refused.Message, refused.Id).IsEmpty);
                break;
            case SendFrame send:
                Assert.InRange(send.Data.Length, 1, 1_000);
                Assert.NotEmpty(send.To.Value);
                break;
            case OpenFrame open:
                Assert.NotNull(open.Token);
                break;
            case AckFrame ack:
                Assert.True(ack.Seq >= 0);
                break;
            case var other:
                Assert.Same(PingFrame.Instance, other);
                break;
        }
    }

    private static byte[] Edit(byte[] bytes, int kind, int place, byte value, byte[] token) => kind switch
    {
        0 => bytes[..place],
        1 => [.. bytes[..place], value, .. bytes[place..]],
        2 => [.. bytes[..place], .. token, .. bytes[place..]],
        3 => [.. bytes[..place], value, .. bytes[Math.Min(place + 1, bytes.Length)..]],
        _ => [.. bytes[..place], .. bytes[Math.Min(place + 1, bytes.Length)..]],
    };
}
