namespace AkkaSockets.Peers.Tests.Harness;

/// <summary>Skipped, naming the programs, where what the peers are made of is not installed.</summary>
public sealed class PeersFactAttribute : FactAttribute
{
    public PeersFactAttribute() => Skip = AkkaSockets.Peers.Contenders.Installed.WhatIsMissing(PeersRun.AllContenders);
}
