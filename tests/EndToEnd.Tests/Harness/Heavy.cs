namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Tests that keep the machine busy: they run one by one, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Heavy
{
    public const string Name = "heavy";
}
