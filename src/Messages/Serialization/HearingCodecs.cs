using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Messages.Serialization;

/// <summary>How members find out whether they hear each other.</summary>
internal static class HearingCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<AskIfMember, Proto.AskedAt>(Manifests.AskIfMember, m => new() { AskedAt_ = m.AskedAt }, p => new(p.AskedAt_)),
        Codec.Of<StillMember, Proto.AskedAt>(Manifests.StillMember, m => new() { AskedAt_ = m.AskedAt }, p => new(p.AskedAt_)),
        Codec.Of<OtherCluster, Proto.OtherCluster>(Manifests.OtherCluster, m => new() { Members = m.Members, First = m.First }, p => new(p.Members, p.First)),
    ];
}
