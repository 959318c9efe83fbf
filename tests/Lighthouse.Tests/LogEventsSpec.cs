using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AkkaSockets.Node;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Lighthouse.Tests;

/// <summary>What members log has an id, which no other event of any member has: alerts and docs/operations.md go by it.</summary>
public sealed class LogEventsSpec
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Members = AssembliesOf(typeof(LighthouseApp).Assembly, typeof(NodeApp).Assembly);

    [Fact]
    public void Every_event_has_an_id_of_its_own()
    {
        (int Id, string Of)[] events =
        [
            .. from assembly in Members from type in assembly.GetTypes() from method in type.GetMethods(All)
               let attribute = method.GetCustomAttribute<LoggerMessageAttribute>() where attribute is not null
               select (attribute.EventId, $"{type.Name}.{method.Name}"),
            .. from field in typeof(RedisEvents).GetFields() select (((EventId)field.GetValue(null)!).Id, $"{nameof(RedisEvents)}.{field.Name}"),
        ];

        Assert.InRange(events.Length, 40, 1000);
        Assert.All(events, one => Assert.InRange(one.Id, 1, int.MaxValue));
        Assert.All(events.GroupBy(one => one.Id), same => Assert.Single(same));
    }

    /// <summary>Both ways take a text and no id.</summary>
    [Fact]
    public void Nothing_is_logged_past_them()
    {
        string[] calls = [.. Members.SelectMany(CallsOf)];

        Assert.Contains("LoggerMessage.Define", calls);
        Assert.DoesNotContain(calls, call => call.StartsWith("LoggerExtensions.Log", StringComparison.Ordinal));
        string[] named = ["Debug", "Info", "Warning", "Error"];
        Assert.DoesNotContain(calls, call => named.Any(name => call == $"LoggingExtensions.{name}" || call == $"ILoggingAdapter.{name}"));
    }

    private static Assembly[] AssembliesOf(params Assembly[] programs)
    {
        var found = new HashSet<Assembly>();
        var left = new Queue<Assembly>(programs);
        while (left.TryDequeue(out var next))
        {
            if (!found.Add(next)) continue;
            foreach (var name in next.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("AkkaSockets.", StringComparison.Ordinal))) left.Enqueue(Assembly.Load(name));
        }
        return [.. found];
    }

    /// <summary>The methods of other assemblies that this one has a use for.</summary>
    private static List<string> CallsOf(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. from handle in metadata.MemberReferences let member = metadata.GetMemberReference(handle)
                   where member.Parent.Kind == HandleKind.TypeReference
                   let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
                   select $"{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}"];
    }
}
