using Microsoft.AspNetCore.Routing.Matching;

namespace AkkaSockets.Node.Listeners;

/// <summary>
/// Sorts endpoints by listener before routing looks at the method: a path of another listener is unknown here (404), and
/// routing's own 405 is told only where the path exists.
/// </summary>
public sealed class ListenerMatcherPolicy : MatcherPolicy, IEndpointComparerPolicy, INodeBuilderPolicy
{
    // HttpMethodMatcherPolicy has -1000 and adds a 405 endpoint, without metadata, to whatever it is given.
    public override int Order => -2000;

    public IComparer<Endpoint> Comparer { get; } = Comparer<Endpoint>.Create((_, _) => 0);

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
    [
        .. from endpoint in endpoints
           let role = endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Role
           where role is not null
           group endpoint by role.Value into served
           select new PolicyNodeEdge(served.Key, [.. served]),
    ];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) =>
        new RoleTable(exitDestination, edges.ToDictionary(edge => (ListenerRole)edge.State, edge => edge.Destination));

    private sealed class RoleTable(int exit, Dictionary<ListenerRole, int> destinations) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext context) =>
            context.Features.Get<ListenerFeature>() is { } listener ? destinations.GetValueOrDefault(listener.Role, exit) : exit;
    }
}
