namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Tests of clusters that mostly wait for a member to start, to end or to be missed: one by one, while others run.</summary>
[CollectionDefinition(Name)]
public sealed class ComingAndGoing
{
    public const string Name = "coming and going";
}
