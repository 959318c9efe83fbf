using System.Collections;
using System.Globalization;
using Akka.Actor;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>A message with all it holds as text: records compare the lists in them by reference, these compare by what is in them.</summary>
internal static class MessageText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IActorRef actor => actor.Path.ToSerializationFormat(),
        JsonData data => $"json:{Convert.ToHexStringLower(data.Utf8.Span)}",
        UserId or DeviceId or MessageId or SocketId => $"{value.GetType().Name}:{value}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        IConvertible or UInt128 => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        _ => $"{value.GetType().Name} {{ {string.Join(", ", value.GetType().GetProperties().Select(p => $"{p.Name} = {Of(p.GetValue(value))}"))} }}",
    };
}
