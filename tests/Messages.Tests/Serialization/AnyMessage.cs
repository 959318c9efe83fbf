using System.Reflection;
using Akka.Actor;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>
/// Random messages of any type, made through its constructor. A parameter of a kind that is not known here fails the test, so a
/// new message can't stay untested.
/// </summary>
internal sealed class AnyMessage(IReadOnlyList<IActorRef> actors)
{
    private static readonly Gen<long> Longs = Gen.OneOf(Gen.Elements(0, 1, -1, long.MaxValue, long.MinValue), ArbMap.Default.GeneratorFor<long>());
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Constant(Array.Empty<byte>()), ArbMap.Default.GeneratorFor<byte[]>(), Gen.Constant(new byte[70_000]));

    public Gen<object> Of(Type type) => Value(type).Select(value => value!);

    private Gen<object?> Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return OrNull(Value(inner));
        if (type == typeof(bool)) return Gen.Elements(true, false).Select(value => (object?)value);
        if (type == typeof(int)) return Gen.Elements(0, 1, -1, int.MaxValue, int.MinValue).Select(value => (object?)value);
        if (type == typeof(long)) return Longs.Select(value => (object?)value);
        if (type == typeof(string)) return Text(0, 5_000).Select(value => (object?)value);
        if (type == typeof(Guid)) return ArbMap.Default.GeneratorFor<Guid>().Select(value => (object?)value);
        if (type == typeof(UInt128)) return Longs.Two().Select(pair => (object?)new UInt128((ulong)pair.Item1, (ulong)pair.Item2));
        if (type == typeof(JsonData)) return Bytes.Select(bytes => (object?)new JsonData(bytes));
        if (type == typeof(UserId)) return Text(1, UserId.MaxLength).Select(text => (object?)UserId.Parse(text));
        if (type == typeof(DeviceId)) return Text(1, DeviceId.MaxLength).Select(text => (object?)DeviceId.Parse(text));
        if (type == typeof(MessageId)) return Text(1, MessageId.MaxLength).Select(text => (object?)MessageId.Parse(text));
        if (type == typeof(IHandlerMessage)) return Gen.OneOf(Record(typeof(DeliverMessage)), Record(typeof(DeliverEphemeral)));
        if (type == typeof(IActorRef)) return Gen.Elements(actors.ToArray()).Select(actor => (object?)actor);
        if (type.IsEnum) return Gen.Elements(Enum.GetValues(type).Cast<object?>().ToArray());
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0]);
        return type.Assembly == typeof(IClusterMessage).Assembly
            ? Record(type)
            : throw new NotSupportedException($"No random {type}: teach {nameof(AnyMessage)} to make one.");
    }

    private Gen<object?> Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var parameters = constructor.GetParameters().Select(Parameter).ToArray();
        return Gen.CollectToArray(parameters, parameter => parameter).Select(values => (object?)constructor.Invoke(values));
    }

    private Gen<object?> Parameter(ParameterInfo parameter)
    {
        var value = Value(parameter.ParameterType);
        var nullable = !parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return nullable ? OrNull(value) : value;
    }

    private Gen<object?> List(Type item) => Value(item).ListOf().Select(values =>
    {
        var list = Array.CreateInstance(item, values.Count);
        for (var i = 0; i < values.Count; i++) list.SetValue(values[i], i);
        return (object?)list;
    });

    private static Gen<object?> OrNull(Gen<object?> value) => Gen.Frequency((1, Gen.Constant<object?>(null)), (3, value));

    /// <summary>Names of the given length in UTF-16 units, of one to four bytes a character.</summary>
    private static Gen<string> Text(int min, int max) =>
        from length in Gen.OneOf(Gen.Constant(min), Gen.Constant(max), Gen.Choose(min, Math.Min(max, 20)))
        from runes in Gen.Elements("a", "Z", "~", "/", "é", "ß", "漢", "\u202e", "😀", "𐍈").ArrayOf(length)
        select Cut(string.Concat(runes), length);

    private static string Cut(string text, int length) => text.Length <= length
        ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].PadRight(length, 'x');
}
