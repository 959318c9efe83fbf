using System.Globalization;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>The store: redis-server, with everything on disk before it is answered, and nothing evicted.</summary>
internal static class RedisServer
{
    public const string Name = "redis";

    public const string HowToInstall = """
        redis-server is not in PATH. Install it:
          Debian, Ubuntu   sudo apt-get install redis-server    (the service that this starts is not used: sudo systemctl disable --now redis-server)
          Fedora           sudo dnf install redis
          Alpine           sudo apk add redis
          Arch             sudo pacman -S redis
        """;

    public static MemberPlan Plan(string program, int port, string fsync, RunFolder folder) => new()
    {
        Name = Name,
        Launch = new Launch(
            [
                program,
                "--bind", "127.0.0.1",
                "--port", port.ToString(CultureInfo.InvariantCulture),
                "--dir", folder.Of(Name),
                "--appendonly", "yes",
                "--appendfsync", fsync,
                "--save", "",
                "--maxmemory-policy", "noeviction",
            ],
            new Dictionary<string, string>(),
            folder.Of(Name)),
        Log = folder.LogOf(Name),
        WaitsFor = stop => Probes.RedisAsync(port, stop),
        OtherAddresses = $"redis 127.0.0.1:{port}",
        StopsWithin = TimeSpan.FromSeconds(20),
    };
}
