using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using Grpc.Core;

namespace AkkaSockets.Node.Tests.Admin;

public sealed class AdminServiceSpec : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<bool> _streamEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _streams = new(0);
    private int _streaming;
    private AdminHost _host = null!;

    public async Task InitializeAsync() => _host = await AdminHost.StartAsync(new OnePalette(
        new Command("count", "Counts.", CountAsync) { Switches = [new Switch("to", "How far.", 't') { Kind = SwitchKind.Number, Default = "3" }] },
        new Command("fail", "Fails.", _ => throw new CommandFailedException("It can't be done.")),
        new Command("break", "Breaks.", _ => throw new InvalidOperationException("a secret")),
        new Command("stream", "Streams.", StreamAsync) { Streams = true }));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_client_is_told_the_commands()
    {
        var description = await _host.Client.DescribeAsync(new DescribeRequest());

        Assert.Equal("node-1", description.Member);
        var palette = Assert.Single(description.Palettes);
        Assert.Equal(["count", "fail", "break", "stream"], palette.Commands.Select(command => command.Name));
        Assert.Equal([false, false, false, true], palette.Commands.Select(command => command.Streams));
        var to = Assert.Single(palette.Commands[0].Switches);
        Assert.Equal(("to", "t", SwitchKind.Number, "3", false), (to.Name, to.ShortName, to.Kind, to.Default, to.Mandatory));
    }

    [Fact]
    public async Task A_command_answers_in_typed_rows()
    {
        var replies = await _host.RunAsync(Request("count", ("to", ["2"])));

        Assert.Equal(["number"], replies[0].Table.Columns);
        Assert.Equal([1L, 2L], replies.Skip(1).Select(reply => reply.Row.Values.Single().Number));
    }

    [Fact]
    public async Task A_switch_that_is_not_given_has_its_default() => Assert.Equal(4, (await _host.RunAsync(Request("count"))).Count);

    public static TheoryData<string, string, string, string[]?, string> Malformed => new()
    {
        { "", "", "", null, "There is no such module here. There are test." },
        { "nonsense", "count", "", null, "There is no such module here." },
        { "test", "", "", null, "test has no such command. It has count, fail, break, stream." },
        { "test", "COUNT", "", null, "test has no such command." },
        { "test", "count", "", ["1"], "count has no switch --." },
        { "test", "count", "nonsense\u0007", ["1"], "count has no switch --nonsense?." },
        { "test", "count", "to", [], "--to needs a value." },
        { "test", "count", "to", [""], "--to takes 1 to 1024 characters." },
        { "test", "count", "to", ["1", "2"], "--to is given too often." },
        { "test", "count", "to", ["-1"], "--to is '-1': it must be a whole number, 0 or more." },
        { "test", "count", "to", ["99999999999999999999"], "it must be a whole number" },
        { "test", "count", "to", ["1\n2"], "--to is '1?2'" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_request_is_told_how_it_is_done(string palette, string command, string name, string[]? values, string message)
    {
        var request = new RunRequest { Palette = palette, Command = command };
        if (values is not null) request.Switches.Add(Value(name, values));

        var fault = await Assert.ThrowsAsync<RpcException>(() => _host.RunAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains(message, fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_given_twice_is_refused()
    {
        var request = Request("count", ("to", ["1"]), ("to", ["2"]));

        Assert.Equal("--to is given twice.", (await Assert.ThrowsAsync<RpcException>(() => _host.RunAsync(request))).Status.Detail);
    }

    [Fact]
    public async Task A_request_that_is_too_big_is_told_so()
    {
        var request = Request("count", ("to", [new string('1', 80_000)]));

        var fault = await Assert.ThrowsAsync<RpcException>(() => _host.RunAsync(request));

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
    }

    [Fact]
    public async Task A_request_of_megabytes_is_cut_off()
    {
        var request = Request("count", ("to", [new string('1', 8_000_000)]));

        // The refusal comes while the client still writes: whether it reads that or sees its stream reset is a race of its own making.
        await Assert.ThrowsAsync<RpcException>(() => _host.RunAsync(request));

        await _host.RunAsync(Request("count"));
    }

    [Theory]
    [InlineData("fail", StatusCode.FailedPrecondition, "It can't be done.")]
    [InlineData("break", StatusCode.Internal, "node-1 failed, and its log says why.")]
    public async Task A_command_that_fails_is_told_as_that(string command, StatusCode status, string message)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(() => _host.RunAsync(Request(command)));

        Assert.Equal((status, message), (fault.StatusCode, fault.Status.Detail));
    }

    [Fact]
    public async Task A_command_ends_when_its_client_cancels()
    {
        using (var call = _host.Client.Run(Request("stream")))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));
        }
        Assert.True(await _streamEnded.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_command_ends_when_its_client_is_gone_without_a_word()
    {
        using (var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync })
        using (var channel = Grpc.Net.Client.GrpcChannel.ForAddress(_host.Pbm, new() { HttpHandler = handler }))
        {
            var call = new AkkaSockets.Admin.Protocol.Admin.AdminClient(channel).Run(Request("stream"));
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));
            // A reset, as of a process that was killed: no GOAWAY, no RST_STREAM.
            _socket!.LingerState = new LingerOption(true, 0);
            _socket.Dispose();
        }
        Assert.True(await _streamEnded.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Fifty_clients_at_once_are_served_and_nothing_is_left_of_them()
    {
        var calls = Enumerable.Range(0, 50).Select(async _ =>
        {
            using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(_host.Pbm);
            var client = new AkkaSockets.Admin.Protocol.Admin.AdminClient(channel);
            await client.DescribeAsync(new DescribeRequest());
            using var call = client.Run(Request("stream"));
            for (var i = 0; i < 5; i++) Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        });

        await Task.WhenAll(calls).WaitAsync(Patience);

        for (var i = 0; i < 50; i++) Assert.True(await _streams.WaitAsync(Patience));
        Assert.Equal(0, Volatile.Read(ref _streaming));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense nonsense nonsense nonsense")]
    public async Task What_is_not_HTTP2_is_cut_off(string bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_host.Pbm.Host, _host.Pbm.Port);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));

        var answer = new MemoryStream();
        try
        {
            await socket.GetStream().CopyToAsync(answer).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        Assert.DoesNotContain("200 OK", Encoding.Latin1.GetString(answer.ToArray()), StringComparison.Ordinal);
        await _host.RunAsync(Request("count"));
    }

    [Fact]
    public async Task The_listener_of_commands_serves_nothing_else()
    {
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        foreach (var path in (string[])["/healthz/live", "/api/cluster", "/ws", "/"])
        {
            using var answer = await http.GetAsync(new Uri(_host.Pbm, path));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task No_other_listener_takes_commands()
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "Content-Type", "application/grpc" } } };
        using var answer = await http.PostAsync(new Uri(_host.Api, "/akkasockets.admin.v1.Admin/Describe"), content);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Socket? _socket;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await _socket.ConnectAsync(context.DnsEndPoint, stop);
        return new NetworkStream(_socket, ownsSocket: true);
    }

    private static async Task CountAsync(CommandRun run)
    {
        await run.Answer.TableAsync("numbers", "number");
        for (var i = 1; i <= run.Switches.Number("to"); i++) await run.Answer.RowAsync(i);
    }

    private async Task StreamAsync(CommandRun run)
    {
        Interlocked.Increment(ref _streaming);
        try
        {
            await run.Answer.EventsAsync("number");
            for (var i = 0; ; i++)
            {
                await run.Answer.RowAsync(i);
                await Task.Delay(10, run.Stop);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _streaming);
            _streams.Release();
            _streamEnded.TrySetResult(run.Stop.IsCancellationRequested);
        }
    }

    private static RunRequest Request(string command, params (string Name, string[] Values)[] switches)
    {
        var request = new RunRequest { Palette = "test", Command = command };
        request.Switches.AddRange(switches.Select(s => Value(s.Name, s.Values)));
        return request;
    }

    private static SwitchValue Value(string name, string[] values)
    {
        var value = new SwitchValue { Name = name };
        value.Values.AddRange(values);
        return value;
    }
}
