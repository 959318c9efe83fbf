namespace AkkaSockets.LocalCluster.Members;

/// <summary>A node's loopback ports.</summary>
internal sealed record NodePorts(int Clients, int Api, int Pbm);
