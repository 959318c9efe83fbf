namespace AkkaSockets.Simulate.Timeline;

/// <summary>A second of a simulation.</summary>
/// <param name="Second">Since the change.</param>
/// <param name="Frames">Reconnect frames sent in it.</param>
/// <param name="Accepted">Sockets accepted in it, by all nodes.</param>
/// <param name="BusiestAccepted">The most that one node accepted in it.</param>
/// <param name="Refused">Knocks that were refused in it.</param>
/// <param name="Away">Clients without a socket at its end.</param>
/// <param name="Imbalance">Sockets of the fullest open node by the mean at its end.</param>
internal sealed record Moment(double Second, double Frames, double Accepted, double BusiestAccepted, double Refused, double Away, double Imbalance);
