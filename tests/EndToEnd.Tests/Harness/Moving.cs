namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Tests of clusters whose users chat while they move from node to node: one by one, while others run.</summary>
[CollectionDefinition(Name)]
public sealed class Moving
{
    public const string Name = "moving";
}
