namespace AkkaSockets.Node.Listeners;

/// <summary>Whom a listener serves. Each has a port of its own, so that a firewall can keep the inside inside.</summary>
public enum ListenerRole
{
    /// <summary><c>Listen:Clients</c>: what users' devices reach.</summary>
    Clients = 1,

    /// <summary><c>Listen:Api</c>: backends, health and metrics.</summary>
    Api = 2,

    /// <summary><c>Listen:Pbm</c>: operators' commands, over HTTP/2 alone.</summary>
    Pbm = 3,
}

/// <summary>The listener that a connection came through; in the features of the connection and of each of its requests.</summary>
public sealed record ListenerFeature(ListenerRole Role);

/// <summary>Says of an endpoint which listener serves it. One that says nothing is served by none.</summary>
public sealed record ListenerMetadata(ListenerRole Role);

public static class ListenerEndpointExtensions
{
    /// <summary>Serves the endpoint on this listener only; on another its path answers 404.</summary>
    public static T OnListener<T>(this T endpoint, ListenerRole role)
        where T : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new ListenerMetadata(role)));
        return endpoint;
    }
}
