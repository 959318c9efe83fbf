using System.Runtime.Serialization;
using System.Text;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Serialization;

public sealed class RefusingSerializerSpec(NodeSystem node) : IClassFixture<NodeSystem>
{
    private sealed record Unmarked(int Number);

    public static TheoryData<object> Unbound { get; } =
    [
        new Unmarked(1),
        new SocketInfo(SocketId.New(), DeviceId.Parse("phone"), 0, "", ""), // a part, not a message
        new List<int> { 1 },
        (1, 2),
        new InvalidOperationException("no"),
        new object(),
    ];

    [Theory]
    [MemberData(nameof(Unbound))]
    public void What_has_no_encoding_is_refused_with_its_type_and_the_cure(object message)
    {
        var serializer = Assert.IsType<RefusingSerializer>(node.SerializerOf(message));
        var error = Assert.Throws<SerializationException>(() => serializer.ToBinary(message));
        Assert.Contains(message.GetType().FullName!, error.Message);
        Assert.Contains("mark it IClusterMessage and give it a manifest", error.Message);
    }

    /// <summary>Its JSON names the types to make, so reading it would let whoever reaches the cluster's port choose them.</summary>
    [Fact]
    public void What_Akkas_own_default_serializer_wrote_is_refused()
    {
        const int Newtonsoft = 1;
        var bytes = Encoding.UTF8.GetBytes($$"""{"$type":"{{typeof(Unmarked).AssemblyQualifiedName}}","Number":1}""");
        Assert.Throws<SerializationException>(() => node.System.Serialization.Deserialize(bytes, Newtonsoft, typeof(Unmarked)));
    }

    [Fact]
    public void What_it_is_said_to_have_written_is_refused_too() =>
        Assert.Throws<SerializationException>(() => node.System.Serialization.Deserialize("{}"u8.ToArray(), 4053002, typeof(Unmarked)));
}
