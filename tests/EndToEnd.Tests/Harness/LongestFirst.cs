using AkkaSockets.EndToEnd.Tests.Clusters;
using AkkaSockets.EndToEnd.Tests.Page;
using AkkaSockets.EndToEnd.Tests.Sockets;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("AkkaSockets.EndToEnd.Tests.Harness.LongestFirst", "AkkaSockets.EndToEnd.Tests")]

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Starts the tests that wait longest first, so that the others run meanwhile.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [ComingAndGoing.Name, Moving.Name, Outages.Name, typeof(StartingAClusterByScriptSpec).FullName!, typeof(LivenessSpec).FullName!, typeof(InABrowserSpec).FullName!];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Longest.Any(name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)));
}
