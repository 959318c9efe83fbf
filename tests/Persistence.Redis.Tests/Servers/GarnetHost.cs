using Garnet;

namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>A Garnet in this process: what the tests run on where no redis-server is installed.</summary>
public sealed class GarnetHost : IDisposable
{
    private readonly GarnetServer _server;

    public GarnetHost()
    {
        Port = RedisServer.FreePort();
        // A script is one step only with the transaction mode: without it others see, and write, in between.
        _server = new GarnetServer(["--bind", "127.0.0.1", "--port", $"{Port}", "--lua", "--lua-transaction-mode"]);
        _server.Start();
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}{Patience.Options}";

    public void Dispose() => _server.Dispose();
}
