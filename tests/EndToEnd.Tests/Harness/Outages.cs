namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Tests that mostly wait for an outage to begin or to end: one by one, while others run.</summary>
[CollectionDefinition(Name)]
public sealed class Outages
{
    public const string Name = "outages";
}
