using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>What a client should never send: valid frames that were damaged, made-up JSON, noise, and broken framing.</summary>
internal static class HostileFrames
{
    // Damage that is still JSON now and then, or close to it.
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "0", "9223372036854775808", "1e999", "\"\"", "{}", "[]", "\\", "\\u0000", "\\ud800", "\"type\":",
        "\"type\":\"send\",", "\"type\":\"open\",", "\"data\":", "\"seq\":", "\"ephemeral\":true,", "\"resume\":{\"epoch\":\"\",\"seq\":-1},", "\u0000", "é", "😀", "%s%n",
        "../../x", "'; DROP TABLE journal; --", "\r\nforged: line", "\u001b[31m",
    ];

    /// <summary>One text frame's bytes, which need not be text.</summary>
    /// <param name="user">Who sends them; frames name others like it.</param>
    public static Gen<byte[]> Payloads(string user)
    {
        var valid = Gen.Elements(ValidFrames(user)).Select(Encoding.UTF8.GetBytes);
        var damaged = from frame in valid
                      from damages in Damage.ListOf(3)
                      select damages.Aggregate(frame, (bytes, damage) => damage(bytes));
        var noise = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        var json = Gen.Elements(Pieces).ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));
        return Gen.Frequency((6, damaged), (2, json), (1, noise), (1, valid));
    }

    /// <summary>Bytes that break RFC 6455: reserved bits and opcodes, lengths that lie, control frames in parts, no mask, plain noise.</summary>
    public static Gen<byte[]> Framing() =>
        from opcode in Gen.Choose(0, 15)
        from isFinal in Gen.Elements(true, false)
        from masked in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from payload in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
        from damage in Gen.OneOf(Damage, Gen.Constant<Func<byte[], byte[]>>(bytes => bytes))
        select damage(new RawFrame((Opcode)opcode, payload, isFinal).ToBytes(masked));

    private static Gen<Func<byte[], byte[]>> Damage => Gen.OneOf(
        from at in Place from value in Gen.Choose(0, 127) select Edit((bytes, i) => bytes[i] = (byte)value, at),
        from at in Place from bit in Gen.Choose(0, 7) select Edit((bytes, i) => bytes[i] ^= (byte)(1 << bit), at),
        from at in Place select (Func<byte[], byte[]>)(bytes => bytes[..Index(bytes, at)]),
        from at in Place
        from length in Gen.Choose(1, 12)
        select (Func<byte[], byte[]>)(bytes =>
            [.. bytes[..Index(bytes, at)], .. bytes[Math.Min(bytes.Length, Index(bytes, at) + length)..]]),
        from at in Place
        from piece in Gen.Elements(Pieces)
        select (Func<byte[], byte[]>)(bytes =>
            [.. bytes[..Index(bytes, at)], .. Encoding.UTF8.GetBytes(piece), .. bytes[Index(bytes, at)..]]),
        from at in Place
        from times in Gen.Choose(2, 40)
        select (Func<byte[], byte[]>)(bytes =>
            [.. bytes, .. Enumerable.Repeat(bytes[Index(bytes, at)..], times).SelectMany(b => b)]));

    /// <summary>Where in a frame, in thousandths.</summary>
    private static Gen<int> Place => Gen.Choose(0, 1000);

    private static string[] ValidFrames(string user) =>
    [
        """{"type":"ping"}""",
        """{"type":"ack","seq":1}""",
        $$$"""{"type":"send","id":"{{{user}}}-1","to":"{{{user}}}-friend","data":{"text":"hello","n":[1,2,3]}}""",
        $$"""{"type":"send","id":"{{user}}-2","to":"{{user}}","data":"to myself"}""",
        $$"""{"type":"send","to":"{{user}}","data":null,"ephemeral":true}""",
        $$$"""{"type":"open","token":"{{{Tokens.For(user)}}}","device":"phone","resume":{"epoch":"e","seq":1}}""",
        $$"""{"type":"send","id":"{{user}}-3","to":"{{user}}-friend","data":{{new string('[', 500)}}{{new string(']', 500)}}}""",
    ];

    private static Func<byte[], byte[]> Edit(Action<byte[], int> edit, int place) => bytes =>
    {
        if (bytes.Length == 0) return bytes;
        var copy = bytes.ToArray();
        edit(copy, Math.Min(Index(bytes, place), bytes.Length - 1));
        return copy;
    };

    private static int Index(byte[] bytes, int place) => bytes.Length * place / 1000;
}
