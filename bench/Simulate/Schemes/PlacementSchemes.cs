namespace AkkaSockets.Simulate.Schemes;

internal static class PlacementSchemes
{
    /// <summary>New ones, the server's own first: some have a memory, so each history needs its own.</summary>
    public static IPlacementScheme[] All() =>
        [new AkkaSocketsScheme(), new MaglevScheme(), new RendezvousScheme(), new RingScheme(100), new JumpScheme(), new ModuloScheme()];
}
