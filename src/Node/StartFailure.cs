using System.Net.Sockets;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Persistence.Redis;

namespace AkkaSockets.Node;

/// <summary>Says in one line what keeps a node from starting, where that is known; anything else is a fault of ours and keeps its stack.</summary>
internal static class StartFailure
{
    public static string? Explain(Exception fault, IServiceProvider? services)
    {
        foreach (var cause in Causes(fault))
        {
            if (cause is SettingsException or StoreException or RedisPolicyException or ListenerException) return cause.Message;
            if (ListenerSetup.DescribeFault(cause, services) is { } listener) return listener;
            if (cause is SocketException socket) return $"Cluster:Host and Cluster:Port can't be bound: {socket.Message}. Free the address, or set them to another.";
        }
        return null;
    }

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            yield return at;
            if (at is AggregateException { InnerExceptions.Count: > 1 } many)
            {
                foreach (var inner in many.InnerExceptions.SelectMany(Causes)) yield return inner;
            }
        }
    }
}
