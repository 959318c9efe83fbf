using System.Net.Sockets;
using AkkaSockets.Admin.Protocol;
using Grpc.Core;
using Grpc.Net.Client;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A client of a member's commands that is part of the test's process and has one connection of its own, which can end as no pbm ends it.</summary>
internal sealed class AdminCaller : IDisposable
{
    // A member on a machine that is very busy answers within it.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(120);

    private readonly GrpcChannel _channel;
    private readonly Metadata _metadata = [];
    private Socket? _socket;

    /// <param name="connect">Makes the connection; null: from here.</param>
    public AdminCaller(NodeProcess member, string? token = null, Func<Uri, Task<Socket>>? connect = null)
    {
        Address = new Uri($"http://{member["Listen:Pbm"]}");
        if (token is not null) _metadata.Add("authorization", $"Bearer {token}");
        var handler = new SocketsHttpHandler
        {
            // The least that there is: what a client does not read stays with the member.
            InitialHttp2StreamWindowSize = 65_535,
            ConnectCallback = async (_, _) =>
            {
                _socket = await (connect ?? ConnectAsync)(Address);
                return new NetworkStream(_socket, ownsSocket: true);
            },
        };
        _channel = GrpcChannel.ForAddress(Address, new() { HttpHandler = handler, DisposeHttpClient = true });
        Client = new Admin.Protocol.Admin.AdminClient(_channel);
    }

    public Uri Address { get; }

    public Admin.Protocol.Admin.AdminClient Client { get; }

    /// <summary>The member's name: somebody is served.</summary>
    public async Task<string> DescribeAsync() => (await Client.DescribeAsync(new DescribeRequest(), _metadata, DateTime.UtcNow + AnswersWithin)).Member;

    /// <summary>Begins a command: two words, and each switch by its long name with its value.</summary>
    public AdminAnswer Begin(string command)
    {
        var words = command.Split(' ');
        var request = new RunRequest { Palette = words[0], Command = words[1] };
        foreach (var given in words[2..].Chunk(2)) request.Switches.Add(new SwitchValue { Name = given[0].TrimStart('-'), Values = { given[1] } });
        return new AdminAnswer(command, Client.Run(request, _metadata));
    }

    /// <summary>The rows of a command's whole answer.</summary>
    public async Task<IReadOnlyList<AdminRow>> RunAsync(string command)
    {
        using var answer = Begin(command);
        return await answer.ReadToEndAsync().Within(AnswersWithin);
    }

    /// <summary>How many actors the member has for commands under way: <c>cluster tail</c>, <c>sockets tail</c> and <c>sharding tail</c> have one each.</summary>
    public async Task<int> CountCommandsAsync() => (await RunAsync("actor hierarchy --path /user --depth 1 --children 1000")).Count(row => row["type"] == "InboxActor");

    /// <summary>As a process that is killed: no GOAWAY and no RST_STREAM.</summary>
    /// <param name="isReset">TCP's RST, as of a process that had not read all; else its FIN.</param>
    public void Kill(bool isReset)
    {
        if (isReset) _socket!.LingerState = new LingerOption(true, 0);
        _socket!.Close();
    }

    public void Dispose() => _channel.Dispose();

    private static async Task<Socket> ConnectAsync(Uri to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to.Host, to.Port);
        return socket;
    }
}
