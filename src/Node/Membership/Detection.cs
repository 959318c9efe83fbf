using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// What <c>Cluster:Detection</c> says over akka.hocon, which has the times of <see cref="ClusterMemberOptions.Steady"/>. An answer of the majority is worth <c>acceptable-heartbeat-pause</c>
/// (<see cref="HearingActor"/>), so who is cut off stops writing before the others give it up, with these times too.
/// </summary>
internal static class Detection
{
    // Noticed in about 2.5 s.
    private const string Quick = """
        akka.cluster {
          failure-detector {
            heartbeat-interval = 250 ms
            acceptable-heartbeat-pause = 2 s
          }
          split-brain-resolver.stable-after = 1 s
        }
        """;

    public static string HoconOf(string detection) => detection == ClusterMemberOptions.Quick ? Quick : "";
}
