using System.Runtime.Serialization;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Messages.Users;
using FsCheck.Xunit;

namespace AkkaSockets.Messages.Tests.Serialization;

public sealed class ClusterMessageSerializerSpec(NodeSystem node) : IClassFixture<NodeSystem>
{
    /// <summary>Manifest and hex: what no version wrote.</summary>
    public static TheoryData<string, string> BrokenBytes { get; } = new()
    {
        { "SM", "" }, // no user
        { "SM", "ff" }, // no tag
        { "SM", "0a05616c" }, // ends inside a text
        { "SM", "0a0120" }, // a user that is white space
        { "SM", "0a01611a8101" + string.Concat(Enumerable.Repeat("61", 129)) }, // an id that is too long
        { "DH", "0a0161120100" }, // a socket id of one byte
        { "DH", "0a0161" }, // no socket id
        { "AH", "0a0161" }, // no socket
        { "AU", "0a0161" }, // no device
        { "dm", "0803" }, // no message
        { "E2", "" },
        { "E3", "" },
        { "E4", "" },
        { "S1", "2a00" }, // a cursor of no device
    };

    private Akka.Serialization.SerializerWithStringManifest Serializer =>
        Assert.IsType<ClusterMessageSerializer>(node.SerializerOf(new SocketsTold(1)));

    [Fact]
    public void Its_number_is_frozen() => Assert.Equal(4053001, Serializer.Identifier);

    [Fact]
    public void An_unknown_manifest_is_named_with_the_version_that_does_not_know_it()
    {
        var error = Assert.Throws<SerializationException>(() => Serializer.FromBinary([], "ZZ"));
        Assert.Contains("'ZZ'", error.Message);
        Assert.Contains("4053001", error.Message);
        Assert.Contains(typeof(ClusterMessageSerializer).Assembly.GetName().Version!.ToString(3), error.Message);
    }

    [Theory]
    [MemberData(nameof(BrokenBytes))]
    public void Broken_bytes_are_refused_with_the_name_of_what_they_should_have_been(string manifest, string hex)
    {
        var error = Assert.Throws<SerializationException>(() => Serializer.FromBinary(Convert.FromHexString(hex), manifest));
        Assert.Contains($"'{manifest}'", error.Message);
        Assert.NotNull(error.InnerException);
    }

    [Property(MaxTest = 3_000)]
    public void Random_bytes_are_read_or_refused_and_nothing_else(byte[] bytes)
    {
        foreach (var manifest in Manifests()) ReadOrRefuse(bytes, manifest);
    }

    [Property(MaxTest = 3_000)]
    public void Bytes_that_were_changed_on_the_way_are_read_or_refused_and_nothing_else(ushort place, byte value, ushort end)
    {
        foreach (var sample in Samples.All(node.System))
        {
            var (manifest, bytes) = node.Write(sample.Message);
            if (bytes.Length == 0) continue;
            bytes[place % bytes.Length] = value;
            ReadOrRefuse(bytes[..(bytes.Length - (end % 2 * (end % bytes.Length)))], manifest);
        }
    }

    [Fact]
    public void A_message_without_manifest_is_named()
    {
        var error = Assert.Throws<SerializationException>(() => Serializer.Manifest(new Unregistered()));
        Assert.Contains(nameof(Unregistered), error.Message);
        Assert.Throws<SerializationException>(() => Serializer.ToBinary(new Unregistered()));
    }

    [Fact]
    public void An_enum_value_of_a_newer_version_is_kept_as_its_number()
    {
        var read = Assert.IsType<AskAgain>(node.Read("aa", [0x08, 0x63]));
        Assert.Equal(99, (int)read.Reason);
    }

    [Fact]
    public void Data_is_read_as_the_bytes_that_were_written()
    {
        var data = new JsonData(Enumerable.Range(0, 256).Select(i => (byte)i).ToArray());
        var read = Assert.IsType<SendMessage>(node.ThereAndBack(new SendMessage(UserId.Parse("a"), null, MessageId.Parse("1"), data)));
        Assert.Equal(data, read.Data);
    }

    private static IEnumerable<string> Manifests() => ["AH", "SM", "CC", "ud", "ha", "db", "E1", "E2", "E3", "E4", "S1"];

    private void ReadOrRefuse(byte[] bytes, string manifest)
    {
        try
        {
            Assert.NotNull(Serializer.FromBinary(bytes, manifest));
        }
        catch (SerializationException)
        {
            // Refused.
        }
    }

    private sealed record Unregistered : IClusterMessage;
}
