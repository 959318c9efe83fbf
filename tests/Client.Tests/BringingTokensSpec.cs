using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class BringingTokensSpec
{
    private static AkkaSocketsClientOptions Options(Uri url, TimeProvider time, Func<int, string?> token)
    {
        var calls = 0;
        return new AkkaSocketsClientOptions
        {
            Url = url,
            Device = "phone",
            TimeProvider = time,
            Jitter = () => 0,
            TokenProvider = _ => ValueTask.FromResult(token(++calls)),
        };
    }

    [Fact]
    public async Task A_token_is_kept_over_reconnects()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, call => "t" + call));
        _ = rig.Client.StartAsync();
        var visit = await rig.Server.VisitAsync();
        Assert.Equal("Bearer t1", visit.Authorization);
        Assert.False(visit.Query.ContainsKey("access_token"));
        var socket = await visit.AcceptAsync();
        await socket.ReadyAsync();
        await socket.CloseAsync(1012);

        Assert.Equal("Bearer t1", (await rig.Server.VisitAsync()).Authorization);
    }

    [Fact]
    public async Task Expired_4002_brings_a_fresh_one()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, call => "t" + call));
        var socket = await rig.ConnectAsync();
        await socket.CloseAsync(4002);

        Assert.Equal("Bearer t2", (await rig.Server.VisitAsync()).Authorization);
    }

    [Fact]
    public async Task Refused_401_brings_a_fresh_one_once()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, call => "t" + call));
        var start = rig.Client.StartAsync();
        await (await rig.Server.VisitAsync()).RefuseAsync(401);
        var visit = await rig.Server.VisitAsync();
        Assert.Equal("Bearer t2", visit.Authorization);
        await visit.RefuseAsync(401, title: "Bad token");

        var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => start.Within());
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, stopped.StatusCode);
    }

    [Fact]
    public async Task After_a_ready_a_401_may_bring_another()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, call => "t" + call));
        _ = rig.Client.StartAsync();
        for (var token = 1; token <= 3; token++)
        {
            await (await rig.Server.VisitAsync()).RefuseAsync(401);
            var visit = await rig.Server.VisitAsync();
            Assert.Equal("Bearer t" + (token + 1), visit.Authorization);
            var socket = await visit.AcceptAsync();
            await socket.ReadyAsync();
            await socket.CloseAsync(1012);
        }
    }

    [Fact]
    public async Task Shortly_before_its_end_a_fresh_one_is_brought_over_the_socket()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(
            url, time, _ => Jwt.Lasting(time.GetUtcNow(), TimeSpan.FromMinutes(10))));
        _ = rig.Client.StartAsync();
        var visit = await rig.Server.VisitAsync();
        var socket = await visit.AcceptAsync();
        await socket.ReadyAsync();
        await rig.Client.SendOverAsync(socket);

        for (var time = 0; time < 3; time++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(569));
            await rig.Client.SendOverAsync(socket);
            rig.Time.Advance(TimeSpan.FromSeconds(1));

            var open = await socket.FrameAsync();
            Assert.Equal("open", open.Text("type"));
            Assert.NotEqual(visit.Authorization, "Bearer " + open.Text("token"));
            Assert.False(open.TryGetProperty("device", out _));
        }
    }

    [Fact]
    public async Task One_that_ended_while_away_is_not_shown_again()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(
            url, time, call => call == 1 ? Jwt.Lasting(time.GetUtcNow(), TimeSpan.FromMinutes(1)) : "t" + call));
        _ = rig.Client.StartAsync();
        var first = await rig.Server.VisitAsync();
        await first.RefuseAsync(503, retryAfter: "60");
        await rig.ReconnectingAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("Bearer t2", (await rig.Server.VisitAsync()).Authorization);
    }

    [Fact]
    public async Task A_provider_that_fails_is_asked_again()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(
            url, time, call => call <= 2 ? throw new InvalidOperationException("no luck") : "t" + call));
        _ = rig.Client.StartAsync();

        Assert.Equal("no luck", (await rig.ReconnectingAsync()).Detail);
        Assert.Equal("Bearer t3", (await rig.Server.VisitAsync()).Authorization);
    }

    [Fact]
    public async Task A_provider_that_fails_ahead_of_time_is_asked_again_before_the_end()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, call => call switch
        {
            1 => Jwt.Lasting(time.GetUtcNow(), TimeSpan.FromMinutes(10)),
            2 => throw new InvalidOperationException("no luck"),
            _ => "t" + call,
        }));
        var socket = await rig.ConnectAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(570));
        Assert.Equal("no luck", (await rig.ErrorAsync()).Message);

        rig.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("t3", (await socket.FrameAsync("open")).Text("token"));
    }
}
