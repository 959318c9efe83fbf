using System.Net;
using System.Net.Sockets;

namespace AkkaSockets.Kubernetes.Tests;

/// <summary>Where a test has its servers.</summary>
internal static class Loopback
{
    /// <summary>A port of 127.0.0.1 that nobody has at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
