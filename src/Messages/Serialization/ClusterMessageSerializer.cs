namespace AkkaSockets.Messages.Serialization;

/// <summary>Writes and reads every <see cref="IClusterMessage"/> as protobuf.</summary>
public sealed class ClusterMessageSerializer;
